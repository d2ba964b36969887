package main

import (
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"quietline/internal/journal"
	"quietline/internal/workspace"
)

// previewJSON is the beginning of a file as an import would take it.
type previewJSON struct {
	File       string                 `json:"file"`
	Format     string                 `json:"format"`
	Encoding   string                 `json:"encoding"`
	Columns    []string               `json:"columns"`
	Rows       [][]string             `json:"rows"`
	Mapping    journal.Mapping        `json:"mapping"`
	Missing    []journal.MappingField `json:"missing"`
	Remembered bool                   `json:"mapping_remembered"`
}

func (c *cli) callsPreview() *cobra.Command {
	var r journal.PreviewRequest
	var columns []string
	cmd := &cobra.Command{Use: "preview FILE", Short: c.T("cli.calls.preview"), Args: between(1, 1)}
	f := cmd.Flags()
	f.StringVar(&r.Format, "format", "auto", c.T("cli.calls.format"))
	f.StringArrayVar(&columns, "map", nil, c.T("cli.calls.map"))
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		var err error
		if r.Mapping, _, err = readColumns(columns); err != nil {
			return err
		}
		r.Path = args[0]
		return c.withWorkspace(cmd.Context(), func(w *workspace.Workspace) error {
			p, err := w.Journal.Preview(cmd.Context(), r)
			if err != nil {
				c.fault = !wrongRequest(err) // the command line was right, the file was not
				return err
			}
			return c.emitPreview(p)
		})
	}
	return cmd
}

// columnsAuto in place of a mapping has what is remembered forgotten.
const columnsAuto = "auto"

// readColumns reads the values of --map.
func readColumns(values []string) (m journal.Mapping, forget bool, err error) {
	if slices.Equal(values, []string{columnsAuto}) {
		return nil, true, nil
	}
	m, err = journal.ReadMapping(values)
	return m, false, err
}

// columnsText is a mapping as it is typed in, a pair after the other.
func columnsText(m journal.Mapping) string {
	var pairs []string
	for _, f := range journal.MappingFields() {
		if column, ok := m[f]; ok {
			pairs = append(pairs, string(f)+"="+column)
		}
	}
	return strings.Join(pairs, " ")
}

func (c *cli) emitPreview(p journal.Preview) error {
	v := previewJSON{
		File: p.File, Format: p.Format, Encoding: p.Encoding, Columns: p.Columns, Rows: p.Rows,
		Mapping: p.Mapping, Missing: p.Missing, Remembered: p.Remembered,
	}
	if v.Columns == nil {
		v.Columns = []string{}
	}
	if v.Rows == nil {
		v.Rows = [][]string{}
	}
	if v.Mapping == nil {
		v.Mapping = journal.Mapping{}
	}
	if v.Missing == nil {
		v.Missing = []journal.MappingField{}
	}
	return c.emit(v, func() string { return c.previewText(p) })
}

// previewText lists the columns with what is in the first row and what the
// import would take them for.
func (c *cli) previewText(p journal.Preview) string {
	lines := []string{plain(p.File) + c.T("verdict_card.separator") + c.T("format."+p.Format)}
	for i, title := range p.Columns {
		var fields, first string
		for _, f := range journal.MappingFields() {
			if name := p.Mapping[f]; name == "#"+strconv.Itoa(i+1) || name != "" && slices.Index(p.Columns, name) == i {
				fields = strings.TrimSpace(fields + " " + string(f))
			}
		}
		if len(p.Rows) > 0 && i < len(p.Rows[0]) {
			first = p.Rows[0][i]
		}
		lines = append(lines, "  "+row([]int{4, 24, 12}, "#"+strconv.Itoa(i+1), dash(title), dash(fields), first))
	}
	if p.Remembered {
		lines = append(lines, "  "+c.T("cli.calls.remembered", map[string]any{"Columns": plain(columnsText(p.Mapping))}))
	}
	if len(p.Missing) > 0 {
		missing := make([]string, len(p.Missing))
		for i, f := range p.Missing {
			missing[i] = string(f)
		}
		lines = append(lines, "  "+c.T("cli.calls.missing", map[string]any{"Fields": strings.Join(missing, ", ")}))
	}
	return strings.Join(lines, "\n")
}
