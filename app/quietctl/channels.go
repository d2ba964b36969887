package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/workspace"
)

// channelJSON is a channel as the command line shows one.
type channelJSON struct {
	Name         string             `json:"name"`
	Kind         domain.ChannelKind `json:"kind"`
	URL          string             `json:"url"`
	Jurisdiction string             `json:"jurisdiction"`
	ServiceCode  string             `json:"service_code"`
	Rate         float64            `json:"rate"`
	CAFile       string             `json:"ca_file"`
	Default      bool               `json:"default"`
	HasToken     bool               `json:"has_token"`
	Practice     bool               `json:"practice"`
	Paused       string             `json:"paused"`
	HoldUntil    *string            `json:"hold_until"`
}

func (c *cli) channelsCommand() *cobra.Command {
	named := func(name string, f func(*cobra.Command, *workspace.Workspace, string) error) *cobra.Command {
		return &cobra.Command{
			Use: name + " NAME", Short: c.T("cli.channels." + name), Args: between(1, 1),
			RunE: func(cmd *cobra.Command, args []string) error {
				return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error { return f(cmd, w, args[0]) })
			},
		}
	}
	then := func(change func(*cobra.Command, *workspace.Workspace, string) error) func(*cobra.Command, *workspace.Workspace, string) error {
		return func(cmd *cobra.Command, w *workspace.Workspace, name string) error {
			if err := change(cmd, w, name); err != nil {
				return err
			}
			return c.listChannels(cmd, w, name)
		}
	}
	return c.group("channels", c.channelsAdd(), c.channelsToken(), c.channelsService(),
		&cobra.Command{
			Use: "list", Short: c.T("cli.channels.list"), Args: between(0, 0),
			RunE: func(cmd *cobra.Command, _ []string) error {
				return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error { return c.listChannels(cmd, w, "") })
			},
		},
		named("test", c.testChannel),
		named("remove", c.removeChannel),
		named("default", then(func(cmd *cobra.Command, w *workspace.Workspace, name string) error {
			return w.Filing.SetDefaultChannel(cmd.Context(), name)
		})),
		named("pause", then(func(cmd *cobra.Command, w *workspace.Workspace, name string) error {
			return w.Filing.PauseChannel(cmd.Context(), name)
		})),
		named("resume", then(func(cmd *cobra.Command, w *workspace.Workspace, name string) error {
			return w.Filing.ResumeChannel(cmd.Context(), name)
		})),
	)
}

func (c *cli) channelsAdd() *cobra.Command {
	var in filing.ChannelInput
	var kind string
	var tokenStdin bool
	cmd := &cobra.Command{Use: "add NAME", Short: c.T("cli.channels.add"), Args: between(1, 1)}
	f := cmd.Flags()
	f.StringVar(&kind, "kind", string(domain.ChannelIntake), c.T("cli.channels.kind"))
	f.StringVar(&in.URL, "url", "", c.T("cli.channels.url"))
	f.BoolVar(&tokenStdin, "token-stdin", false, c.T("cli.channels.token_stdin"))
	f.StringVar(&in.Jurisdiction, "jurisdiction", "", c.T("cli.channels.jurisdiction"))
	f.StringVar(&in.ServiceCode, "service-code", "", c.T("cli.channels.service_code"))
	f.Float64Var(&in.Rate, "rate", 0, c.T("cli.channels.rate"))
	f.StringVar(&in.CAFile, "ca", "", c.T("cli.channels.ca"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		in.Name, in.Kind = args[0], domain.ChannelKind(kind)
		if in.CAFile != "" {
			// The next command may run in another folder.
			abs, err := filepath.Abs(in.CAFile)
			if err != nil {
				return domain.E("quietctl.channelsAdd", domain.Unavailable, "channel.ca_unreadable", domain.Args{"Path": in.CAFile}, err)
			}
			in.CAFile = abs
		}
		if tokenStdin {
			token, err := c.readToken()
			if err != nil {
				return err
			}
			in.Token = token
		}
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			ch, err := w.Filing.AddChannel(cmd.Context(), in)
			if err != nil {
				return err
			}
			if err := c.warnTokenFile(w); err != nil {
				return err
			}
			if err := c.emitChannel(ch); err != nil {
				return err
			}
			c.sayUntested(ch)
			return nil
		})
	}
	return cmd
}

func (c *cli) channelsToken() *cobra.Command {
	var tokenStdin bool
	cmd := &cobra.Command{Use: "token NAME", Short: c.T("cli.channels.token"), Args: between(1, 1)}
	cmd.Flags().BoolVar(&tokenStdin, "token-stdin", false, c.T("cli.channels.token_stdin"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		token := ""
		if tokenStdin {
			var err error
			if token, err = c.readToken(); err != nil {
				return err
			}
		}
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			if err := w.Filing.SetChannelToken(cmd.Context(), args[0], token); err != nil {
				return err
			}
			if err := c.warnTokenFile(w); err != nil {
				return err
			}
			return c.listChannels(cmd, w, args[0])
		})
	}
	return cmd
}

// readToken takes the first line of standard input, so that the token shows in
// no list of processes and no shell history.
func (c *cli) readToken() (string, error) {
	line, err := c.readLine()
	if errors.Is(err, context.Canceled) {
		return "", err
	}
	token := strings.TrimSpace(line)
	if token == "" || err != nil {
		return "", usage("cli.token_missing", nil)
	}
	return token, nil
}

// readLine takes the first line of standard input, without its end.
func (c *cli) readLine() (string, error) {
	line, err := bufio.NewReader(io.LimitReader(c.in, maxLine)).ReadString('\n')
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return strings.TrimRight(line, "\r\n"), err
}

// warnTokenFile tells the user where the token lies if it is not in a keyring.
func (c *cli) warnTokenFile(w *workspace.Workspace) error {
	in, err := w.Secrets.InFile()
	if err == nil && in {
		c.say(c.T("cli.channels.token_in_file"))
	}
	return err
}

// listChannels shows every channel, or the named one.
func (c *cli) listChannels(cmd *cobra.Command, w *workspace.Workspace, name string) error {
	list, err := w.Filing.Channels(cmd.Context())
	for _, ch := range list {
		if err == nil && (name == "" || ch.Name == name) {
			err = c.emitChannel(ch)
		}
	}
	if err == nil && len(list) == 0 && !c.json {
		c.say(c.T("err.channel.none.hint"))
	}
	return err
}

func (c *cli) emitChannel(ch domain.Channel) error {
	v := channelJSON{
		Name: ch.Name, Kind: ch.Kind, URL: ch.URL, Jurisdiction: ch.Jurisdiction, ServiceCode: ch.ServiceCode,
		Rate: ch.Rate, CAFile: ch.CAFile, Default: ch.Default, HasToken: ch.HasToken,
		Practice: filing.IsPractice(ch), Paused: ch.Paused,
	}
	if ch.HoldUntil.After(c.clock.Now()) {
		v.HoldUntil = c.timePtr(ch.HoldUntil)
	}
	return c.emit(v, func() string {
		var marks []string
		mark := func(key string, on bool) {
			if on {
				marks = append(marks, c.T("cli.channels.mark."+key))
			}
		}
		mark("default", v.Default)
		mark("practice", v.Practice)
		mark("token", v.HasToken)
		mark("paused", v.Paused != "")
		if v.HoldUntil != nil {
			marks = append(marks, c.T("cli.channels.mark.held", map[string]any{"Time": c.timeText(ch.HoldUntil)}))
		}
		return row([]int{16, 14, 32}, v.Name, c.Term("channel_kind", string(v.Kind)), v.URL, strings.Join(marks, c.T("cli.list_separator")))
	})
}

func (c *cli) testChannel(cmd *cobra.Command, w *workspace.Workspace, name string) error {
	caps, err := w.Filing.TestChannel(cmd.Context(), name)
	if err != nil {
		return err
	}
	return c.emit(caps, func() string {
		if text := c.serviceText(name, caps); text != "" {
			return text
		}
		return c.answerText(caps)
	})
}

func (c *cli) removeChannel(cmd *cobra.Command, w *workspace.Workspace, name string) error {
	if err := w.Filing.RemoveChannel(cmd.Context(), name); err != nil {
		return err
	}
	v := struct {
		Removed string `json:"removed"`
	}{name}
	return c.emit(v, func() string { return c.T("cli.channels.removed", map[string]any{"Name": name}) })
}
