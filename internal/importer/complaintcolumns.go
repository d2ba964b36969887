package importer

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// complaintTable is a row of titles, read as that of a sheet of complaints.
type complaintTable struct {
	titleRow
	titled  bool
	columns []filing.SheetColumn
	// own columns, put there by the program itself, stand behind those of the sheet
	// and are left out.
	own int
}

// fields is how many fields have a column.
func (t *complaintTable) fields() int {
	n := 0
	for _, c := range t.columns {
		if c.Field != "" {
			n++
		}
	}
	return n
}

func (t *complaintTable) missing() []filing.SheetField {
	var out []filing.SheetField
	for _, f := range filing.SheetFields() {
		if f.Required() && !slices.ContainsFunc(t.columns, func(c filing.SheetColumn) bool { return c.Field == f }) {
			out = append(out, f)
		}
	}
	return out
}

// fingerprint stands for the titles, whatever stands between them in the file:
// the list of rejects of a sheet is read as the sheet was.
func (t *complaintTable) fingerprint() string {
	h := sha256.New()
	for _, c := range t.columns {
		title, unit := foldTitle(c.Title)
		h.Write([]byte("\x1f" + title + "\x1e" + unit))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// readComplaintTitles reads a row of titles: the names of the contract first, then
// those that people use, for the fields that have none yet.
func readComplaintTitles(row titleRow, titled bool, words map[string]complaintTitle) *complaintTable {
	t := &complaintTable{titleRow: row, titled: titled}
	folded := make([]string, len(row.cells))
	end := 0
	for i, cell := range row.cells {
		if folded[i], _ = foldTitle(cell); cell != "" {
			end = i + 1
		}
	}
	if t.own = ownColumns(folded[:end]); t.own > 0 {
		t.cells = row.cells[:end-t.own]
	}
	taken := map[filing.SheetField]bool{}
	t.columns = make([]filing.SheetColumn, len(t.cells))
	for _, certainty := range []filing.Certainty{filing.CertaintyNamed, filing.CertaintyLikely} {
		for i, cell := range t.cells {
			c := &t.columns[i]
			c.Title = cell
			if w, ok := words[folded[i]]; ok && w.certainty == certainty && c.Field == "" && !taken[w.field] {
				c.Field, c.Certainty, taken[w.field] = w.field, certainty, true
			}
		}
	}
	return t
}

// apply lays a mapping over what the titles say.
func (t *complaintTable) apply(m filing.SheetMapping, certainty filing.Certainty) error {
	fields := slices.Sorted(maps.Keys(m))
	for i := range t.columns {
		if slices.Contains(fields, t.columns[i].Field) {
			t.columns[i].Field, t.columns[i].Certainty = "", ""
		}
	}
	for _, f := range fields {
		if m[f] == "" {
			continue
		}
		at := t.column(m[f])
		if at < 0 {
			return noColumn(m[f])
		}
		if other := t.columns[at].Field; other != "" && t.columns[at].Certainty == certainty {
			return domain.E(opOpen, domain.Invalid, "sheet.column_twice", domain.Args{
				"Column": domain.Clip(m[f], 40), "First": string(other), "Second": string(f),
			}, nil).At("/map/" + string(f))
		}
		t.columns[at].Field, t.columns[at].Certainty = f, certainty
	}
	return nil
}

// names says whether the table has every column that the mapping names by its
// title.
func (t *complaintTable) names(m filing.SheetMapping) bool {
	for _, title := range m {
		if title != "" && t.column(title) < 0 {
			return false
		}
	}
	return true
}

// findComplaintTable finds the titles among rows that may be them: those that a
// mapping names, else those with the most fields; of equals the widest, and of
// those the first.
func findComplaintTable(rows []titleRow, m filing.SheetMapping, words map[string]complaintTitle) *complaintTable {
	var best *complaintTable
	for _, row := range rows {
		t := readComplaintTitles(row, true, words)
		if len(m) > 0 && !t.names(m) {
			continue
		}
		if best == nil || t.fields() > best.fields() || t.fields() == best.fields() && len(t.cells) > len(best.cells) {
			best = t
		}
	}
	return best
}
