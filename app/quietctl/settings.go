package main

import (
	"context"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/workspace"
)

// settingsJSON is how the desktop program looks and speaks.
type settingsJSON struct {
	Language l10n.Language     `json:"language"`
	TextSize settings.TextSize `json:"text_size"`
	Theme    settings.Theme    `json:"theme"`
}

func (c *cli) settingsCommand() *cobra.Command {
	return c.group("settings",
		&cobra.Command{
			Use: "show", Short: c.T("cli.settings.show"), Args: between(0, 0),
			RunE: func(cmd *cobra.Command, _ []string) error {
				return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error { return c.showSettings(cmd.Context(), w) })
			},
		},
		&cobra.Command{
			Use: "set NAME VALUE", Short: c.T("cli.settings.set"), Long: c.T("cli.settings.set_long"), Args: between(2, 2),
			RunE: func(cmd *cobra.Command, args []string) error {
				return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
					if err := setSetting(cmd.Context(), w.Settings, args[0], args[1]); err != nil {
						return err
					}
					return c.showSettings(cmd.Context(), w)
				})
			},
		},
	)
}

func setSetting(ctx context.Context, s *settings.Settings, name, value string) error {
	switch name {
	case "language":
		return s.SetLanguage(ctx, l10n.Language(value))
	case "text_size":
		return s.SetTextSize(ctx, settings.TextSize(value))
	case "theme":
		return s.SetTheme(ctx, settings.Theme(value))
	default:
		return usage("cli.setting_unknown", domain.Args{"Name": name})
	}
}

func (c *cli) showSettings(ctx context.Context, w *workspace.Workspace) error {
	all, err := w.Settings.Load(ctx)
	if err != nil {
		return err
	}
	v := settingsJSON{Language: all.Language, TextSize: all.TextSize, Theme: all.Theme}
	return c.emit(v, func() string {
		return row([]int{10}, "language", string(v.Language)) + "\n" +
			row([]int{10}, "text_size", string(v.TextSize)) + "\n" + row([]int{10}, "theme", string(v.Theme))
	})
}
