package main

import (
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/domain"
	"quietline/internal/registrar"
	"quietline/internal/registry"
	"quietline/internal/workspace"
)

// correctedJSON says what a correction did.
type correctedJSON struct {
	Code  string `json:"code"`
	Scope string `json:"scope"`
	// Change is "entry", "hide", "note" or "undone".
	Change string `json:"change"`
	// Numbers and Calls of the log are judged otherwise now.
	Numbers int64 `json:"numbers"`
	Calls   int64 `json:"calls"`
}

func (c *cli) emitCorrected(change string, e registrar.Effect) error {
	v := correctedJSON{Code: e.Code, Scope: e.Scope, Change: change, Numbers: e.Numbers, Calls: e.Calls}
	return c.emit(v, func() string {
		return c.T("cli.registry.done."+change, map[string]any{"Code": e.Code}) + "\n" + c.effectText(e)
	})
}

func (c *cli) effectText(e registrar.Effect) string {
	if e.Calls == 0 {
		return c.T("cli.registry.effect_none")
	}
	return c.N("cli.registry.effect", int(e.Calls))
}

func (c *cli) correct(cmd *cobra.Command, w *workspace.Workspace, in domain.Correction) error {
	effect, err := w.Registrar.Correct(cmd.Context(), in)
	if err != nil {
		return err
	}
	return c.emitCorrected(string(in.Kind), effect)
}

func (c *cli) scopeFlag(cmd *cobra.Command, scope *string) *cobra.Command {
	cmd.Flags().StringVar(scope, "province", "", c.T("cli.registry.scope"))
	return cmd
}

func (c *cli) registryAdd() *cobra.Command {
	in := domain.Correction{Kind: domain.CorrectionEntry}
	cmd := c.onRegistry("add CODE", 1, 1, func(cmd *cobra.Command, w *workspace.Workspace, args []string) error {
		in.Code = args[0]
		return c.correct(cmd, w, in)
	})
	cmd.Aliases = []string{"correct"}
	f := cmd.Flags()
	f.StringVar(&in.NameZH, "name", "", c.T("cli.registry.name"))
	f.StringVar(&in.NameEN, "name-en", "", c.T("cli.registry.name_en"))
	f.StringVar(&in.Category, "category", "", c.T("cli.registry.category", map[string]any{"Codes": strings.Join(registry.Categories(), ", ")}))
	f.StringVar(&in.Note, "note", "", c.T("cli.registry.note_flag"))
	return c.scopeFlag(cmd, &in.Scope)
}

func (c *cli) registryHide() *cobra.Command {
	in := domain.Correction{Kind: domain.CorrectionHide}
	return c.scopeFlag(c.onRegistry("hide CODE", 1, 1, func(cmd *cobra.Command, w *workspace.Workspace, args []string) error {
		in.Code = args[0]
		return c.correct(cmd, w, in)
	}), &in.Scope)
}

func (c *cli) registryNote() *cobra.Command {
	in := domain.Correction{Kind: domain.CorrectionNote}
	return c.scopeFlag(c.onRegistry("note CODE TEXT", 2, 2, func(cmd *cobra.Command, w *workspace.Workspace, args []string) error {
		in.Code, in.Note = args[0], args[1]
		return c.correct(cmd, w, in)
	}), &in.Scope)
}

func (c *cli) registryUndo() *cobra.Command {
	var scope string
	return c.scopeFlag(c.onRegistry("undo CODE", 1, 1, func(cmd *cobra.Command, w *workspace.Workspace, args []string) error {
		effect, err := w.Registrar.Undo(cmd.Context(), args[0], scope)
		if err != nil {
			return err
		}
		return c.emitCorrected("undone", effect)
	}), &scope)
}

// correctionJSON is what the user says of one code.
type correctionJSON struct {
	Code      string                `json:"code"`
	Scope     string                `json:"scope"`
	Kind      domain.CorrectionKind `json:"kind"`
	NameZH    string                `json:"name_zh"`
	NameEN    string                `json:"name_en"`
	Category  string                `json:"category"`
	Note      string                `json:"note"`
	UpdatedAt string                `json:"updated_at"`
}

func (c *cli) registryCorrections() *cobra.Command {
	return c.onRegistry("corrections", 0, 0, func(cmd *cobra.Command, w *workspace.Workspace, _ []string) error {
		list, err := w.Registrar.Corrections(cmd.Context())
		for _, k := range list {
			if err != nil {
				break
			}
			v := correctionJSON{
				Code: k.Code, Scope: k.Scope, Kind: k.Kind, NameZH: k.NameZH, NameEN: k.NameEN,
				Category: k.Category, Note: k.Note, UpdatedAt: c.timeOut(k.UpdatedAt),
			}
			err = c.emit(v, func() string {
				return row([]int{11, 10, 16}, k.Code, dash(k.Scope), c.Term("correction_kind", string(k.Kind)),
					strings.TrimSpace(strings.Join([]string{k.NameZH, k.NameEN, k.Note}, " ")))
			})
		}
		if err == nil && len(list) == 0 && !c.json {
			c.say(c.N("cli.registry.own", 0))
		}
		return err
	})
}
