package main

import (
	"context"
	"strings"

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
	Notify   settings.Switch   `json:"notifications"`
	Tray     settings.Switch   `json:"tray"`
	Simple   settings.Switch   `json:"simple"`
	Watch    settings.Switch   `json:"watching"`
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
	case "notifications":
		return s.SetNotify(ctx, settings.Switch(value))
	case "tray":
		return s.SetTray(ctx, settings.Switch(value))
	case "simple":
		return s.SetSimple(ctx, settings.Switch(value))
	case "watching":
		return s.SetWatch(ctx, settings.Switch(value))
	default:
		return usage("cli.setting_unknown", domain.Args{"Name": name})
	}
}

func (c *cli) showSettings(ctx context.Context, w *workspace.Workspace) error {
	all, err := w.Settings.Load(ctx)
	if err != nil {
		return err
	}
	v := settingsJSON{
		Language: all.Language, TextSize: all.TextSize, Theme: all.Theme, Notify: all.Notify, Tray: all.Tray, Simple: all.Simple,
		Watch: all.Watch,
	}
	return c.emit(v, func() string {
		var lines []string
		for _, l := range [][2]string{
			{"language", string(v.Language)},
			{"text_size", string(v.TextSize)},
			{"theme", string(v.Theme)},
			{"notifications", string(v.Notify)},
			{"tray", string(v.Tray)},
			{"simple", string(v.Simple)},
			{"watching", string(v.Watch)},
		} {
			lines = append(lines, row([]int{13}, l[0], l[1]))
		}
		return strings.Join(lines, "\n")
	})
}
