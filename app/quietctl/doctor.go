package main

import (
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"quietline/assets"
	"quietline/internal/domain"
	"quietline/internal/platform"
	"quietline/internal/registry"
	"quietline/internal/workspace"
)

// doctorJSON is what was found, and where the bundle of diagnostics is.
type doctorJSON struct {
	workspace.Report
	Bundle string `json:"bundle,omitempty"`
}

func (c *cli) doctorCommand() *cobra.Command {
	var to workspace.BundleRequest
	cmd := &cobra.Command{Use: "doctor", Short: c.T("cli.doctor.short"), Long: c.T("cli.doctor.long"), Args: between(0, 0)}
	cmd.Flags().StringVar(&to.File, "bundle", "", c.T("cli.doctor.bundle"))
	cmd.Flags().BoolVar(&to.Force, "force", false, c.T("cli.doctor.force"))
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		if cmd.Flags().Changed("bundle") && !strings.EqualFold(filepath.Ext(to.File), ".zip") {
			return usage("cli.bundle_ending", nil)
		}
		dir, err := platform.DataDir(c.dataDir)
		if err != nil {
			return err
		}
		params := workspace.Params{Dir: dir, Printer: c.Printer, Log: c.logger(), Clock: c.clock, Keyring: c.keyring()}
		report := workspace.Examine(cmd.Context(), params)
		if to.File != "" {
			if err := workspace.Bundle(cmd.Context(), params, report, to); err != nil {
				return err
			}
		}
		if err := c.emit(doctorJSON{report, to.File}, func() string { return c.doctorText(report, to.File) }); err != nil {
			return err
		}
		if !report.OK {
			return domain.E("quietctl.doctor", domain.Corrupt, "doctor.unsound", nil, nil)
		}
		return nil
	}
	return cmd
}

func (c *cli) doctorText(r workspace.Report, bundle string) string {
	text := c.T("cli.label.data_dir") + "  " + plain(r.Dir)
	for _, f := range r.Findings {
		text += "\n" + row([]int{12, 14}, c.T("doctor.status."+string(f.Status)), c.T("doctor.check."+f.Check), f.Text)
	}
	if bundle != "" {
		text += "\n\n" + c.T("cli.doctor.bundled", map[string]any{"File": plain(bundle)})
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
