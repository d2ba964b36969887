package main

import (
	"runtime"

	"github.com/spf13/cobra"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/platform"
	"quietline/internal/registry"
	"quietline/internal/workspace"
)

func (c *cli) doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use: "doctor", Short: c.T("cli.doctor.short"), Args: between(0, 0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := platform.DataDir(c.dataDir)
			if err != nil {
				return err
			}
			report := workspace.Examine(cmd.Context(), workspace.Params{
				Dir: dir, Printer: c.Printer, Log: c.logger(), Clock: c.clock, Keyring: c.keyring(),
			})
			if err := c.emit(report, func() string { return c.doctorText(report) }); err != nil {
				return err
			}
			if !report.OK {
				return domain.E("quietctl.doctor", domain.Corrupt, "doctor.unsound", nil, nil)
			}
			return nil
		},
	}
}

func (c *cli) doctorText(r workspace.Report) string {
	text := c.T("cli.label.data_dir") + "  " + plain(r.Dir)
	for _, f := range r.Findings {
		text += "\n" + row([]int{12, 14}, c.T("doctor.status."+string(f.Status)), c.T("doctor.check."+f.Check), f.Text)
	}
	return text
}

// versionJSON says what the program is made of.
type versionJSON struct {
	Version  string              `json:"version"`
	Commit   string              `json:"commit"`
	Date     string              `json:"date"`
	Go       string              `json:"go"`
	Platform string              `json:"platform"`
	Registry domain.RegistryInfo `json:"registry"`
}

func (c *cli) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: c.T("cli.version.short"), Args: between(0, 0),
		RunE: func(*cobra.Command, []string) error {
			snap, err := registry.Load(assets.Registry())
			if err != nil {
				return err
			}
			v := versionJSON{
				Version: platform.Version(), Commit: platform.Commit(), Date: platform.Date(), Go: runtime.Version(),
				Platform: runtime.GOOS + "/" + runtime.GOARCH, Registry: snap.Info(),
			}
			return c.emit(v, func() string {
				return "quietctl " + v.Version + "\n" + c.builtFrom(v) + c.T("cli.version.registry", map[string]any{
					"Version": v.Registry.Version, "Date": v.Registry.Date, "Entries": snap.Info().Entries,
				})
			})
		},
	}
}

// builtFrom is the line about the sources, empty for a plain build.
func (c *cli) builtFrom(v versionJSON) string {
	if v.Commit == "" || v.Date == "" {
		return ""
	}
	return c.T("cli.version.commit", map[string]any{"Commit": v.Commit, "Date": v.Date}) + "\n"
}
