package main

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"quietline/internal/l10n"
)

// dress gives every command our words for what the library says itself.
func (c *cli) dress(root *cobra.Command) {
	root.SetHelpCommand(&cobra.Command{
		Hidden: true, Use: "help", Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if found, _, err := cmd.Root().Find(args); err == nil {
				return found.Help()
			}
			return cmd.Root().Help()
		},
	})
	root.Flags().Bool("version", false, c.T("cli.flag.version"))
	root.SetVersionTemplate("quietctl {{.Version}}\n")
	root.SetOut(c.out)
	root.CompletionOptions.DisableDefaultCmd = true
	root.Args = cobra.ArbitraryArgs
	root.RunE = c.group("quietctl").RunE
	root.SetFlagErrorFunc(flagError)
	root.SetHelpFunc(func(cmd *cobra.Command, _ []string) {
		_, _ = c.out.WriteString(c.help(cmd)) // a failed write shows when flushing
	})
	walk(root, func(cmd *cobra.Command) {
		cmd.Flags().BoolP("help", "h", false, c.T("cli.flag.help"))
		cmd.DisableFlagsInUseLine = true
	})
}

// flagUsages lists flags, a line each, with values and defaults in words.
func (c *cli) flagUsages(flags *pflag.FlagSet) string {
	var names, texts []string
	widest := 0
	flags.VisitAll(func(f *pflag.Flag) {
		name, text := c.flagUsage(f)
		names, texts = append(names, name), append(texts, text)
		widest = max(widest, l10n.Columns(name))
	})
	var b strings.Builder
	for i, name := range names {
		b.WriteString("  " + l10n.Pad(name, widest) + "  " + texts[i] + "\n")
	}
	return b.String()
}

// flagUsage is a flag with its value, and what it does with its default.
func (c *cli) flagUsage(f *pflag.Flag) (name, text string) {
	name = "    --" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand + ", --" + f.Name
	}
	text = f.Usage
	if kind := f.Value.Type(); kind != "bool" {
		name += " " + c.T("cli.type."+kind)
		if f.DefValue != "" && f.DefValue != "[]" && f.DefValue != "0" {
			text += c.T("cli.help.default", map[string]any{"Value": f.DefValue})
		}
	}
	return name, text
}

func walk(cmd *cobra.Command, f func(*cobra.Command)) {
	f(cmd)
	for _, child := range cmd.Commands() {
		walk(child, f)
	}
}

// useLine is how a command is written: a group takes one of its commands, and all
// others the flags below.
func (c *cli) useLine(cmd *cobra.Command) string {
	if cmd.HasAvailableSubCommands() {
		return cmd.UseLine() + " " + c.T("cli.help.command")
	}
	return cmd.UseLine() + " " + c.T("cli.help.options")
}

func (c *cli) help(cmd *cobra.Command) string {
	var b strings.Builder
	text := cmd.Long
	if text == "" {
		text = cmd.Short
	}
	b.WriteString(text + "\n\n" + c.T("cli.help.usage") + "\n  " + c.useLine(cmd) + "\n")
	widest := 0
	for _, child := range cmd.Commands() {
		widest = max(widest, len(child.Name()))
	}
	if widest > 0 {
		b.WriteString("\n" + c.T("cli.help.commands") + "\n")
	}
	for _, child := range cmd.Commands() {
		if !child.Hidden {
			b.WriteString("  " + l10n.Pad(child.Name(), widest) + "  " + child.Short + "\n")
		}
	}
	if widest > 0 {
		b.WriteString("\n" + c.T("cli.help.more", map[string]any{"Command": cmd.CommandPath()}) + "\n")
	}
	if cmd.HasAvailableLocalFlags() {
		b.WriteString("\n" + c.T("cli.help.flags") + "\n" + c.flagUsages(cmd.LocalFlags()))
	}
	if cmd.HasAvailableInheritedFlags() {
		b.WriteString("\n" + c.T("cli.help.global") + "\n" + c.flagUsages(cmd.InheritedFlags()))
	}
	return b.String()
}
