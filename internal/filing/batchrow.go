package filing

import (
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
)

// rowReader makes complaints of the rows of a sheet. It reads words; whether
// they make a complaint is judged where every complaint is (build.go,
// validate.go, stated.go).
type rowReader struct {
	at       map[SheetField]int
	columns  int
	terms    Terms
	zone     *time.Location
	language string
	anyway   bool
}

func (s *Service) newRowReader(head SheetHead, r SheetRequest) *rowReader {
	rr := &rowReader{
		at: map[SheetField]int{}, columns: len(head.Columns), terms: s.p.Terms, zone: r.Zone,
		language: r.Language, anyway: r.Anyway,
	}
	for i, c := range head.Columns {
		if c.Field != "" {
			rr.at[c.Field] = i
		}
	}
	return rr
}

// cell is the cell of a field, empty where there is none.
func (r *rowReader) cell(row SheetRow, f SheetField) string {
	at, ok := r.at[f]
	if !ok || at >= len(row.Cells) {
		return ""
	}
	return strings.TrimSpace(row.Cells[at])
}

// optional is like cell, but signs for "nothing here" are empty.
func (r *rowReader) optional(row SheetRow, f SheetField) string {
	switch text := r.cell(row, f); text {
	case "-", "--", "---", "—", "——", "/":
		return ""
	default:
		return text
	}
}

// input reads the cells of a row. What cannot be read at all is a problem; a word
// that is no term is left to those who know which there are.
func (r *rowReader) input(row SheetRow) (in ComplaintInput, wrong []RowProblem) {
	if row.Damage != "" {
		key := "sheet.row_quotes"
		if row.Damage == DamageTooLong {
			key = "sheet.row_too_long"
		}
		return in, []RowProblem{{Key: key}}
	}
	for _, extra := range row.Cells[min(r.columns, len(row.Cells)):] {
		if strings.TrimSpace(extra) != "" {
			return in, []RowProblem{{Key: "sheet.row_columns", Args: domain.Args{"Most": r.columns}}}
		}
	}
	at := func(f SheetField, text string) time.Time {
		if text == "" {
			return time.Time{}
		}
		t, err := domain.ParseTime(text, r.zone)
		if err != nil {
			wrong = append(wrong, RowProblem{Field: f, Key: "time.invalid", Args: domain.Args{"Text": domain.Clip(text, 40)}})
		}
		return t
	}
	in = ComplaintInput{
		Number: r.cell(row, SheetNumber), At: at(SheetCalledAt, r.cell(row, SheetCalledAt)),
		Category:    term[domain.Category](r.terms, "category", r.cell(row, SheetCategory)),
		Direction:   term[domain.Direction](r.terms, "direction", r.optional(row, SheetDirection)),
		Techniques:  r.techniques(r.optional(row, SheetTechnique)),
		Description: r.cell(row, SheetDescription), RefusedAt: at(SheetRefusedAt, r.optional(row, SheetRefusedAt)),
		Language: r.language, Anyway: r.anyway,
		Complainant: &domain.StatedComplainant{
			Name: r.optional(row, SheetComplainantName), Phone: r.optional(row, SheetComplainantPhone),
			OnBehalfOf: r.optional(row, SheetOnBehalfOf), Province: r.optional(row, SheetProvince),
			Relation:  term[domain.Relation](r.terms, "relation", r.optional(row, SheetRelation)),
			Authority: term[domain.Authority](r.terms, "authority", r.optional(row, SheetAuthority)),
		},
	}
	if text := r.optional(row, SheetDuration); text != "" {
		d, err := domain.ParseDuration(text)
		if err != nil {
			wrong = append(wrong, RowProblem{Field: SheetDuration, Key: "duration.invalid", Args: domain.Args{"Text": domain.Clip(text, 40)}})
		}
		in.Duration = &d
	}
	return in, wrong
}

// techniques are separated by ; ； 、 or |.
func (r *rowReader) techniques(text string) []domain.Technique {
	var out []domain.Technique
	for _, part := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(";；、|", c) }) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, term[domain.Technique](r.terms, "technique", part))
		}
	}
	return out
}

// term is the code of a word, and the word itself, shortened, where it is none.
func term[T ~string](terms Terms, kind, text string) T {
	if text == "" {
		return ""
	}
	if code, ok := terms.Code(kind, text); ok {
		return T(code)
	}
	return T(domain.Clip(text, 40))
}

// problemsOf puts what is wrong with a complaint to the fields of its sheet, in
// their order. A field that could not be read has that one problem.
func problemsOf(err domain.Problems, unread []RowProblem) []RowProblem {
	out := unread
	for _, e := range err {
		p := RowProblem{Field: sheetField(e.Field), Key: e.Key, Args: e.Args}
		known := false
		for _, u := range unread {
			known = known || u.Field == p.Field
		}
		if !known {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b RowProblem) int {
		return slices.Index(SheetFields(), a.Field) - slices.Index(SheetFields(), b.Field)
	})
	return out
}

// sheetField is the field of a sheet that the JSON pointer blames, empty for
// none.
func sheetField(pointer string) SheetField {
	switch pointer {
	case "/caller/number":
		return SheetNumber
	case "/calls/0/started_at":
		return SheetCalledAt
	case "/calls/0/duration_seconds":
		return SheetDuration
	case "/calls/0/direction":
		return SheetDirection
	case "/category":
		return SheetCategory
	case "/techniques":
		return SheetTechnique
	case "/description":
		return SheetDescription
	case "/refused_at":
		return SheetRefusedAt
	case "/complainant/name":
		return SheetComplainantName
	case "/complainant/phone":
		return SheetComplainantPhone
	case "/complainant/province":
		return SheetProvince
	case "/complainant/relation":
		return SheetRelation
	case "/complainant/on_behalf_of/name":
		return SheetOnBehalfOf
	case "/complainant/on_behalf_of/authority":
		return SheetAuthority
	}
	return ""
}
