package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"
	"strings"
	"syscall"
	"time"
	_ "time/tzdata" // Windows has no zone database of its own

	"github.com/spf13/cobra"

	"quietline/i18n"
	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/platform"
	"quietline/internal/secrets"
	"quietline/internal/workspace"
)

// streams are what a run reads, writes and finds in its environment.
type streams struct {
	in       io.Reader
	out, err io.Writer
	env      func(string) string
}

// cli is one run of the program.
type cli struct {
	streams
	*l10n.Printer
	out     *bufio.Writer
	dataDir string
	json    bool
	verbose bool
	tz      string
	zone    *time.Location
	clock   domain.Clock
	// fault says that the error is no wrong usage, whatever its kind: exit 1.
	fault bool
	// partial says that something was rejected or could not be filed: exit 3.
	partial bool
}

func run(ctx context.Context, args []string, s streams) int {
	lang := language(args, s.env)
	printer, err := l10n.New(i18n.Files(), lang)
	if err != nil {
		return exitFault
	}
	s.in = &stoppable{ctx: ctx, r: s.in}
	c := &cli{
		streams: s, Printer: printer, out: bufio.NewWriter(s.out),
		zone: domain.China(), clock: platform.Clock{},
	}
	root := c.rootCommand()
	root.SetArgs(args)
	err = root.ExecuteContext(ctx)
	if ferr := c.out.Flush(); err == nil && ferr != nil {
		err = domain.E("quietctl", domain.Unavailable, "cli.output_failed", nil, ferr)
	}
	if err != nil && !errors.Is(err, syscall.EPIPE) {
		c.printError(err) // but nothing to say to a reader that went away
	}
	return c.exitCode(err)
}

// language looks for --lang before the flags are parsed, because the help and
// the errors of parsing need a language too.
func language(args []string, env func(string) string) l10n.Language {
	for i, a := range args {
		value, ok := strings.CutPrefix(a, "--lang=")
		if a == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if ok && (value == string(l10n.English) || value == string(l10n.Chinese)) {
			return l10n.Language(value)
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := env(name); v != "" {
			if strings.HasPrefix(v, "zh") {
				return l10n.Chinese
			}
			return l10n.English
		}
	}
	return l10n.English
}

func (c *cli) rootCommand() *cobra.Command {
	var lang string
	root := &cobra.Command{
		Use: "quietctl", Short: c.T("cli.short"), Long: c.T("cli.long"),
		SilenceErrors: true, SilenceUsage: true, Version: platform.Version(),
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error { return c.global(cmd, lang) },
	}
	f := root.PersistentFlags()
	f.StringVar(&c.dataDir, "data-dir", "", c.T("cli.flag.data_dir"))
	f.StringVar(&lang, "lang", string(c.Language()), c.T("cli.flag.lang"))
	f.BoolVar(&c.json, "json", false, c.T("cli.flag.json"))
	f.StringVar(&c.tz, "tz", "Asia/Shanghai", c.T("cli.flag.tz"))
	f.BoolVarP(&c.verbose, "verbose", "v", false, c.T("cli.flag.verbose"))
	root.AddCommand(
		c.checkCommand(), c.peopleCommand(), c.contactsCommand(), c.callsCommand(), c.channelsCommand(),
		c.complaintsCommand(), c.practiceCommand(), c.registryCommand(), c.adviceCommand(), c.guideCommand(), c.settingsCommand(), c.doctorCommand(),
		c.versionCommand(),
		c.alertsCommand(), c.statsCommand(), c.digestCommand(),
		c.backupCommand(), c.restoreCommand(), c.eraseCommand(), c.completionCommand(), c.manualCommand(),
	)
	c.dress(root)
	return root
}

// global checks the flags that every command has.
func (c *cli) global(cmd *cobra.Command, lang string) error {
	if lang != string(l10n.English) && lang != string(l10n.Chinese) {
		return usage("cli.lang_unknown", domain.Args{"Value": lang})
	}
	if cmd.Flags().Changed("data-dir") && c.dataDir == "" {
		return usage("cli.flag_needs_value", domain.Args{"Flag": "--data-dir", "Help": "quietctl --help"})
	}
	zone, err := time.LoadLocation(c.tz)
	if err != nil {
		return usage("cli.tz_unknown", domain.Args{"Value": c.tz})
	}
	if c.tz != "Asia/Shanghai" {
		c.zone = zone
	}
	return nil
}

// group is a command that only holds others.
func (c *cli) group(name string, children ...*cobra.Command) *cobra.Command {
	g := &cobra.Command{
		Use: name, Short: c.T("cli." + name + ".short"),
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("cli.command_unknown", domain.Args{"Name": args[0], "Help": cmd.CommandPath() + " --help"})
			}
			return cmd.Help()
		},
	}
	g.AddCommand(children...)
	return g
}

// withWorkspace opens the workspace for the length of f.
func (c *cli) withWorkspace(ctx context.Context, f func(*workspace.Workspace) error) error {
	p, err := c.workspaceParams()
	if err != nil {
		return err
	}
	w, err := workspace.Open(ctx, p)
	if err != nil {
		return err
	}
	err = f(w)
	return errors.Join(err, w.Close())
}

func (c *cli) workspaceParams() (workspace.Params, error) {
	dir, err := platform.DataDir(c.dataDir)
	return workspace.Params{Dir: dir, Printer: c.Printer, Log: c.logger(), Clock: c.clock, Keyring: c.keyring()}, err
}

// logger writes what happens to standard error, if that was asked for. The log
// holds no number and no name.
func (c *cli) logger() *slog.Logger {
	if !c.verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(c.err, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// secretsEnv set to "file" keeps tokens out of the system's keyring.
const secretsEnv = "QUIETLINE_SECRETS"

func (c *cli) keyring() secrets.Keyring {
	if c.env(secretsEnv) == "file" {
		return nil
	}
	return secrets.System{}
}

// terminal says whether a stream is a terminal, where progress can be shown and
// questions asked.
func terminal(stream any) bool {
	if s, ok := stream.(*stoppable); ok {
		stream = s.r
	}
	f, ok := stream.(*os.File)
	return ok && isTerminal(f)
}
