package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
)

// completionCommand writes the script by which a shell completes commands and
// flags. The packages install them; who builds the program asks for one.
func (c *cli) completionCommand() *cobra.Command {
	shells := map[string]func(*cobra.Command, io.Writer) error{
		"bash":       func(root *cobra.Command, w io.Writer) error { return root.GenBashCompletionV2(w, true) },
		"fish":       func(root *cobra.Command, w io.Writer) error { return root.GenFishCompletion(w, true) },
		"powershell": (*cobra.Command).GenPowerShellCompletionWithDesc,
		"zsh":        (*cobra.Command).GenZshCompletion,
	}
	names := []string{"bash", "fish", "powershell", "zsh"}
	return &cobra.Command{
		Use: "completion SHELL", Short: c.T("cli.completion.short"), Long: c.T("cli.completion.long"),
		Args: between(1, 1), ValidArgs: names,
		RunE: func(cmd *cobra.Command, args []string) error {
			if !slices.Contains(names, args[0]) {
				return usage("cli.shell_unknown", domain.Args{"Value": args[0], "Known": strings.Join(names, ", ")})
			}
			return c.write(func(w io.Writer) error { return shells[args[0]](cmd.Root(), w) })
		},
	}
}

// write gives what f writes to standard output as it is.
func (c *cli) write(f func(io.Writer) error) error {
	err := f(c.out)
	if err == nil {
		err = c.out.Flush()
	}
	if err != nil {
		return domain.E("quietctl.write", domain.Unavailable, "cli.output_failed", nil, err)
	}
	return nil
}
