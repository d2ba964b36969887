package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/registrar"
	"quietline/internal/registry"
	"quietline/internal/workspace"
)

// updateJSON says what a newer list changes, and whether it was installed.
type updateJSON struct {
	UpToDate  bool                 `json:"up_to_date"`
	Installed bool                 `json:"installed"`
	From      domain.RegistryInfo  `json:"from"`
	To        *domain.RegistryInfo `json:"to"`
	Added     []rowChangeJSON      `json:"added"`
	Changed   []rowChangeJSON      `json:"changed"`
	Removed   []rowChangeJSON      `json:"removed"`
	// Advice names the entries of advice that are different.
	Advice adviceChangesJSON `json:"advice"`
	// Verdicts are the logged numbers that are judged otherwise, at most 1,000.
	Verdicts []verdictChangeJSON `json:"verdicts"`
	Numbers  int64               `json:"numbers"`
	Calls    int64               `json:"calls"`
}

type rowChangeJSON struct {
	Code   string         `json:"code"`
	Scope  string         `json:"scope"`
	Before *domain.Holder `json:"before,omitempty"`
	After  *domain.Holder `json:"after,omitempty"`
}

type verdictChangeJSON struct {
	Number string         `json:"number"`
	Calls  int64          `json:"calls"`
	Before domain.Verdict `json:"before"`
	After  domain.Verdict `json:"after"`
}

func rowChanges(list []domain.RegistryChange) []rowChangeJSON {
	out := make([]rowChangeJSON, len(list))
	for i, k := range list {
		out[i] = rowChangeJSON(k)
	}
	return out
}

func toUpdateJSON(u *registrar.Update, installed bool) updateJSON {
	v := updateJSON{
		UpToDate: u.UpToDate, Installed: installed, From: u.From,
		Added: rowChanges(u.Added), Changed: rowChanges(u.Changed), Removed: rowChanges(u.Removed),
		Advice:   toAdviceChangesJSON(u.Advice),
		Verdicts: make([]verdictChangeJSON, len(u.Verdicts)), Numbers: u.Numbers, Calls: u.Calls,
	}
	if !u.UpToDate {
		v.To = &u.To
	}
	for i, k := range u.Verdicts {
		v.Verdicts[i] = verdictChangeJSON{Number: k.Number, Calls: k.Calls, Before: k.Before, After: k.After}
	}
	return v
}

// updateFlags are those of registry update.
type updateFlags struct {
	url, key string
	look     bool
	yes      bool
}

func (c *cli) registryUpdate() *cobra.Command {
	var f updateFlags
	cmd := c.onRegistry("update [FILE]", 0, 1, func(cmd *cobra.Command, w *workspace.Workspace, args []string) error {
		u, err := look(cmd.Context(), w, f, args)
		if err != nil {
			return err
		}
		install := !f.look && !u.UpToDate
		if !c.json && !u.UpToDate {
			c.say(c.updateText(u))
		}
		if install && !f.yes && !c.json && terminal(c.in) && !c.confirm(c.T("cli.registry.confirm")) {
			return domain.E("quietctl.registryUpdate", domain.Cancelled, "cli.not_confirmed", nil, nil)
		}
		if install {
			if _, err := w.Registrar.Install(cmd.Context(), u); err != nil {
				return err
			}
		}
		return c.emit(toUpdateJSON(u, install), func() string {
			switch {
			case u.UpToDate:
				return c.T("cli.registry.up_to_date", map[string]any{"Version": u.From.Version, "Date": u.From.Date})
			case install:
				return c.T("cli.registry.installed", map[string]any{"Version": u.To.Version, "Date": u.To.Date})
			default:
				return c.T("cli.registry.looked")
			}
		})
	})
	cmd.Flags().StringVar(&f.url, "url", "", c.T("cli.registry.url"))
	cmd.Flags().StringVar(&f.key, "key", "", c.T("cli.registry.key"))
	cmd.Flags().BoolVar(&f.look, "dry-run", false, c.T("cli.registry.dry_run"))
	cmd.Flags().BoolVar(&f.yes, "yes", false, c.T("cli.registry.yes"))
	return cmd
}

// look finds the newer list: in a file, at the address of the flags, or at the
// one that is set.
func look(ctx context.Context, w *workspace.Workspace, f updateFlags, args []string) (*registrar.Update, error) {
	if len(args) == 1 {
		return w.Registrar.LookIn(ctx, args[0], f.key)
	}
	src, err := w.Registrar.Source(ctx)
	if err != nil {
		return nil, err
	}
	if f.url != "" {
		src.URL = f.url
	}
	if f.key != "" {
		src.Key = f.key
	}
	return w.Registrar.LookAt(ctx, src)
}

// mostShown bounds each list of changes on a terminal.
const mostShown = 20

// updateText says what a newer list changes.
func (c *cli) updateText(u *registrar.Update) string {
	var b strings.Builder
	part := func(key string, n int, line func(i int) string) {
		if n == 0 {
			return
		}
		b.WriteString(c.N("cli.registry."+key, n) + "\n")
		for i := range min(n, mostShown) {
			b.WriteString("  " + line(i) + "\n")
		}
		if n > mostShown {
			b.WriteString("  " + c.N("cli.registry.more", n-mostShown) + "\n")
		}
	}
	rows := func(key string, list []domain.RegistryChange) {
		part(key, len(list), func(i int) string { return c.rowChangeText(list[i]) })
	}
	b.WriteString(c.T("cli.registry.newer", map[string]any{
		"From": u.From.Version, "To": u.To.Version, "Date": u.To.Date, "Entries": u.To.Entries,
	}) + "\n")
	rows("added", u.Added)
	rows("changed", u.Changed)
	rows("removed", u.Removed)
	b.WriteString(c.adviceChangesText(u.Advice))
	part("verdicts", int(u.Numbers), func(i int) string {
		k := u.Verdicts[i]
		return row([]int{18, 10}, k.Number, c.N("kit.numberlog.calls", int(k.Calls)),
			c.T("cli.registry.becomes", map[string]any{"Before": c.Term("verdict", string(k.Before)), "After": c.Term("verdict", string(k.After))}))
	})
	if u.Calls == 0 {
		b.WriteString(c.T("cli.registry.effect_none") + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}

func (c *cli) rowChangeText(k domain.RegistryChange) string {
	name := func(h *domain.Holder) string { return h.NameZH }
	switch {
	case k.Before == nil:
		return row([]int{11, 10}, k.Code, dash(k.Scope), name(k.After))
	case k.After == nil:
		return row([]int{11, 10}, k.Code, dash(k.Scope), name(k.Before))
	default:
		before, after := name(k.Before), name(k.After)
		if before == after {
			before, after = c.aboutHolder(k.Before), c.aboutHolder(k.After)
		}
		what := c.T("cli.registry.becomes", map[string]any{"Before": before, "After": after})
		if before == after { // the English name or where it comes from
			what = before
		}
		return row([]int{11, 10}, k.Code, dash(k.Scope), what)
	}
}

// aboutHolder is what two versions of a row with one name may differ in.
func (c *cli) aboutHolder(h *domain.Holder) string {
	sure := "verdict_card.two_sources"
	if h.Confidence == registry.SingleSource {
		sure = "verdict_card.one_source"
	}
	about := []string{h.NameZH, c.Term("registry_category", h.Category), c.T(sure)}
	if h.Note != "" {
		about = append(about, h.Note)
	}
	return strings.Join(about, c.T("verdict_card.separator"))
}

func (c *cli) registrySource() *cobra.Command {
	var src registrar.Source
	var off bool
	cmd := c.onRegistry("source", 0, 0, func(cmd *cobra.Command, w *workspace.Workspace, _ []string) error {
		now, err := w.Registrar.Source(cmd.Context())
		if err != nil {
			return err
		}
		changed := cmd.Flags().Changed
		switch {
		case off:
			now = registrar.Source{}
		case changed("url") || changed("key"):
			if changed("url") {
				now.URL = src.URL
			}
			if changed("key") {
				now.Key = src.Key
			}
		}
		if off || changed("url") || changed("key") {
			if err := w.Registrar.SetSource(cmd.Context(), now); err != nil {
				return err
			}
		}
		v := struct {
			URL string `json:"url"`
			Key string `json:"key"`
		}{now.URL, now.Key}
		return c.emit(v, func() string {
			if v.URL == "" {
				return c.T("cli.registry.no_source")
			}
			return c.T("cli.registry.from", map[string]any{"URL": v.URL}) + "\n" + v.Key
		})
	})
	cmd.Flags().StringVar(&src.URL, "url", "", c.T("cli.registry.url"))
	cmd.Flags().StringVar(&src.Key, "key", "", c.T("cli.registry.key"))
	cmd.Flags().BoolVar(&off, "off", false, c.T("cli.registry.off"))
	return cmd
}

func (c *cli) registryVerify() *cobra.Command {
	var key string
	cmd := c.onRegistry("verify FILE", 1, 1, func(cmd *cobra.Command, w *workspace.Workspace, args []string) error {
		info, err := w.Registrar.Verify(cmd.Context(), args[0], key)
		if err != nil {
			return err
		}
		v := struct {
			Genuine bool `json:"genuine"`
			domain.RegistryInfo
			Entries int `json:"entries"`
		}{true, info, info.Entries}
		return c.emit(v, func() string {
			return c.T("cli.registry.genuine", map[string]any{"Version": info.Version, "Date": info.Date, "Entries": info.Entries})
		})
	})
	cmd.Flags().StringVar(&key, "key", "", c.T("cli.registry.key"))
	return cmd
}

func (c *cli) registryRevert() *cobra.Command {
	return c.onRegistry("revert", 0, 0, func(cmd *cobra.Command, w *workspace.Workspace, _ []string) error {
		effect, err := w.Registrar.Revert(cmd.Context())
		if err != nil {
			return err
		}
		info := w.Registrar.Info()
		v := struct {
			domain.RegistryInfo
			Numbers int64 `json:"numbers"`
			Calls   int64 `json:"calls"`
		}{info, effect.Numbers, effect.Calls}
		return c.emit(v, func() string {
			return c.T("cli.registry.reverted", map[string]any{"Version": info.Version, "Date": info.Date}) + "\n" + c.effectText(effect)
		})
	})
}
