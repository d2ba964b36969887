package main

import (
	"strings"

	"github.com/spf13/cobra"
)

// dress gives every command our words for what the library says itself.
func (c *cli) dress(root *cobra.Command) {
	root.SetHelpCommand(&cobra.Command{Hidden: true, Use: "no-help"})
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

func walk(cmd *cobra.Command, f func(*cobra.Command)) {
	f(cmd)
	for _, child := range cmd.Commands() {
		walk(child, f)
	}
}

func (c *cli) help(cmd *cobra.Command) string {
	var b strings.Builder
	text := cmd.Long
	if text == "" {
		text = cmd.Short
	}
	b.WriteString(text + "\n\n" + c.T("cli.help.usage") + "\n  " + cmd.UseLine() + "\n")
	widest := 0
	for _, child := range cmd.Commands() {
		widest = max(widest, len(child.Name()))
	}
	if widest > 0 {
		b.WriteString("\n" + c.T("cli.help.commands") + "\n")
	}
	for _, child := range cmd.Commands() {
		if !child.Hidden {
			b.WriteString("  " + pad(child.Name(), widest) + "  " + child.Short + "\n")
		}
	}
	if cmd.HasAvailableLocalFlags() {
		b.WriteString("\n" + c.T("cli.help.flags") + "\n" + cmd.LocalFlags().FlagUsages())
	}
	if cmd.HasAvailableInheritedFlags() {
		b.WriteString("\n" + c.T("cli.help.global") + "\n" + cmd.InheritedFlags().FlagUsages())
	}
	return b.String()
}
