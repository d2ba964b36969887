package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/registry"
	"quietline/internal/workspace"
)

// entryJSON is one row of the registry.
type entryJSON struct {
	Code   string `json:"code"`
	Hidden bool   `json:"hidden"`
	domain.Holder
	// Listed is what the list says where the user says otherwise.
	Listed *domain.Holder `json:"listed,omitempty"`
}

func (c *cli) registryCommand() *cobra.Command {
	return c.group("registry", c.registryInfo(), c.registrySearch(), c.registryList(), c.registryBlocks(),
		c.registryAdd(), c.registryHide(), c.registryNote(), c.registryUndo(), c.registryCorrections(),
		c.registryUpdate(), c.registrySource(), c.registryVerify(), c.registryRevert())
}

// onRegistry is a command that opens the workspace for one thing.
func (c *cli) onRegistry(use string, least, most int, f func(*cobra.Command, *workspace.Workspace, []string) error) *cobra.Command {
	name, _, _ := strings.Cut(use, " ")
	return &cobra.Command{
		Use: use, Short: c.T("cli.registry." + name), Args: between(least, most),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error { return f(cmd, w, args) })
		},
	}
}

// registryInfoJSON says which list counts.
type registryInfoJSON struct {
	Version     string     `json:"version"`
	Date        string     `json:"date"`
	Entries     int        `json:"entries"`
	Corrections int        `json:"corrections"`
	URL         string     `json:"url"`
	Key         string     `json:"key"`
	Problem     *errorJSON `json:"problem"`
}

func (c *cli) registryInfo() *cobra.Command {
	return c.onRegistry("info", 0, 0, func(cmd *cobra.Command, w *workspace.Workspace, _ []string) error {
		src, err := w.Registrar.Source(cmd.Context())
		if err != nil {
			return err
		}
		own, err := w.Registrar.Corrections(cmd.Context())
		if err != nil {
			return err
		}
		info := w.Registrar.Info()
		v := registryInfoJSON{
			Version: info.Version, Date: info.Date, Entries: info.Entries, Corrections: len(own), URL: src.URL, Key: src.Key,
		}
		if p := w.Registrar.Problem(); p != nil {
			e := toErrorJSON(c.Explain(p))
			v.Problem = &e
		}
		return c.emit(v, func() string { return c.registryInfoText(v) })
	})
}

func (c *cli) registryInfoText(v registryInfoJSON) string {
	var b strings.Builder
	b.WriteString(c.T("cli.version.registry", map[string]any{"Version": v.Version, "Date": v.Date, "Entries": v.Entries}) + "\n")
	b.WriteString(c.N("cli.registry.own", v.Corrections) + "\n")
	if v.URL == "" {
		b.WriteString(c.T("cli.registry.no_source") + "\n")
	} else {
		b.WriteString(c.T("cli.registry.from", map[string]any{"URL": v.URL}) + "\n")
	}
	if v.Problem != nil {
		b.WriteString(v.Problem.Message + "\n" + v.Problem.Hint + "\n")
	}
	return b.String() + c.T("cli.registry.honest")
}

func (c *cli) registrySearch() *cobra.Command {
	var limit int
	cmd := c.onRegistry("search TEXT...", 1, 64, func(_ *cobra.Command, w *workspace.Workspace, args []string) error {
		if limit < 1 {
			return usage("cli.limit_range", nil)
		}
		return c.emitEntries(w.Registrar.Search(strings.Join(args, " "), limit))
	})
	cmd.Flags().IntVar(&limit, "limit", 20, c.T("cli.limit"))
	return cmd
}

func (c *cli) registryList() *cobra.Command {
	var block, province, category string
	cmd := c.onRegistry("list", 0, 0, func(_ *cobra.Command, w *workspace.Workspace, _ []string) error {
		if category != "" && !slices.Contains(registry.Categories(), category) {
			return domain.E("quietctl.registryList", domain.Invalid, "registry.category_unknown",
				domain.Args{"Value": domain.Clip(category, 40)}, nil)
		}
		list := w.Registrar.Entries()
		if province != "" {
			p, ok := w.Registrar.Province(province)
			if !ok {
				return usage("cli.province_unknown", domain.Args{"Value": province})
			}
			list = w.Registrar.ByProvince(p.NameZH)
		}
		var out []domain.RegistryEntry
		for _, e := range list {
			if strings.HasPrefix(e.Code, block) && (category == "" || e.Holder.Category == category) {
				out = append(out, e)
			}
		}
		return c.emitEntries(out)
	})
	cmd.Flags().StringVar(&block, "block", "", c.T("cli.registry.block"))
	cmd.Flags().StringVar(&province, "province", "", c.T("cli.registry.province"))
	cmd.Flags().StringVar(&category, "category", "", c.T("cli.registry.category", map[string]any{"Codes": strings.Join(registry.Categories(), ", ")}))
	return cmd
}

func (c *cli) emitEntries(list []domain.RegistryEntry) error {
	for _, e := range list {
		v := entryJSON{Code: e.Code, Hidden: e.Kind == domain.CorrectionHide, Holder: e.Holder, Listed: e.Listed}
		if err := c.emit(v, func() string { return c.entryText(e) }); err != nil {
			return err
		}
	}
	if len(list) == 0 && !c.json {
		c.say(c.T("cli.registry.nothing"))
	}
	return nil
}

// entryText is one row for people: code, holder, where, what, how sure.
func (c *cli) entryText(e domain.RegistryEntry) string {
	h := e.Holder
	scope := h.Scope
	if scope == registry.National {
		scope = c.T("verdict_card.national")
	}
	sure := c.T("verdict_card.two_sources")
	switch {
	case h.Own:
		sure = c.T("verdict_card.own")
	case e.Kind == domain.CorrectionHide:
		sure = c.T("cli.registry.hidden")
	case h.Confidence == registry.SingleSource:
		sure = c.T("verdict_card.one_source")
	}
	name := h.NameZH
	if h.NameEN != "" {
		name += c.T("verdict_card.separator") + h.NameEN
	}
	text := row([]int{11, 10, 14, 14}, e.Code, dash(scope), c.Term("registry_category", h.Category), sure, name)
	if e.Listed != nil {
		text += "\n" + row([]int{11}, "", c.T("cli.registry.listed", map[string]any{"Name": e.Listed.NameZH}))
	}
	for _, note := range []string{h.Note, h.OwnNote} {
		if note != "" {
			text += "\n" + row([]int{11}, "", note)
		}
	}
	return text
}

// blockJSON is one block of the numbering plan.
type blockJSON struct {
	Prefix   string        `json:"prefix"`
	Family   domain.Family `json:"family"`
	Base     int           `json:"code_length"`
	Shortest int           `json:"shortest"`
	Longest  int           `json:"longest"`
	Codes    int           `json:"listed"`
	Longer   int           `json:"longer"`
	Possible int           `json:"possible"`
	Use      string        `json:"use_certainty"`
	Length   string        `json:"length_certainty"`
	Source   string        `json:"source"`
}

func (c *cli) registryBlocks() *cobra.Command {
	return c.onRegistry("blocks", 0, 0, func(_ *cobra.Command, w *workspace.Workspace, _ []string) error {
		for _, b := range w.Registrar.Blocks() {
			err := c.emit(blockJSON(b), func() string {
				lengths := itoa(int64(b.Shortest))
				if b.Longest > b.Shortest {
					lengths += "-" + itoa(int64(b.Longest))
				}
				listed := itoa(int64(b.Codes))
				if b.Possible > 0 {
					listed += " / " + itoa(int64(b.Possible))
				}
				if b.Longer > 0 {
					listed += " + " + itoa(int64(b.Longer))
				}
				return row([]int{8, 26, 8, 14, 6, 6}, b.Prefix, c.Term("family", string(b.Family)), lengths, listed, b.Use, b.Length, b.Source)
			})
			if err != nil {
				return err
			}
		}
		if !c.json {
			c.say(c.T("cli.registry.blocks_key"))
		}
		return nil
	})
}
