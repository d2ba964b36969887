package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/workspace"
)

// channelsService chooses the service of an Open311 channel.
func (c *cli) channelsService() *cobra.Command {
	return &cobra.Command{
		Use: "service NAME CODE", Short: c.T("cli.channels.service"), Args: between(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
				caps, err := w.Filing.SetService(cmd.Context(), args[0], args[1])
				if err != nil {
					return err
				}
				return c.emit(caps, func() string { return c.serviceText(args[0], caps) })
			})
		},
	}
}

// serviceText says what an Open311 server has: its services, or the chosen one and
// what that requires. It is empty for another kind of endpoint.
func (c *cli) serviceText(channel string, caps domain.Capabilities) string {
	line := func(s domain.CivicService) string {
		return plain(c.T("cli.channels.service_line", map[string]any{
			"Name": s.Name, "Code": s.Code, "Type": c.Term("service_type", string(s.Type)),
		}))
	}
	if s := caps.Service; s != nil {
		return line(*s) + "\n" + c.requires(*s)
	}
	if caps.Services == nil {
		return ""
	}
	lines := []string{c.N("cli.channels.services", len(caps.Services))}
	for _, s := range caps.Services {
		lines = append(lines, "  "+line(s))
	}
	return strings.Join(append(lines, c.T("cli.channels.service_choose", map[string]any{"Name": plain(channel)})), "\n")
}

func (c *cli) requires(s domain.CivicService) string {
	var names []string
	for _, a := range s.Attributes {
		if a.Required {
			names = append(names, plain(a.Name()+" ("+a.Code+")"))
		}
	}
	if len(names) == 0 {
		return c.T("cli.channels.service_asks_nothing")
	}
	return c.T("cli.channels.service_asks", map[string]any{"List": strings.Join(names, c.T("cli.list_separator"))})
}
