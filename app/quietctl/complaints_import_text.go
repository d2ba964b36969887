package main

import (
	"strings"

	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/report"
)

// shownRejects is how many bad rows are told of on the screen; the file and JSON
// hold more.
const shownRejects = 20

func (c *cli) sheetText(r filing.SheetReport, rejectsFile string) string {
	lines := []string{c.T("cli.complaints.imported", map[string]any{
		"Rows": r.Rows, "Queued": r.Queued, "Duplicates": r.Duplicates, "Rejected": r.Rejected,
	})}
	lines = append(lines, c.columnLines(r.Head.Columns)...)
	lines = append(lines, c.rejectLines(r)...)
	if rejectsFile != "" {
		lines = append(lines, c.N("cli.complaints.import_rejects_kept", r.Rejected, map[string]any{"File": plain(rejectsFile)}))
	}
	if r.CarriedOn {
		lines = append(lines, c.T("cli.complaints.import_carried"))
	}
	if r.DryRun {
		lines = append(lines, c.T("cli.complaints.import_dry_done"))
	} else {
		lines = append(lines, c.T("cli.complaints.import_batch", map[string]any{"Batch": r.Batch, "Channel": plain(r.Channel)}))
	}
	if r.Practice {
		lines = append(lines, c.T("cli.channels.is_practice"))
	}
	return strings.Join(lines, "\n")
}

// columnLines say what a reader would not expect of the columns: which were
// guessed, which are read as an earlier sheet was, and which are not read.
func (c *cli) columnLines(columns []filing.SheetColumn) []string {
	var lines, guessed, before, unread, blank []string
	for i, col := range columns {
		title := plain(col.Title)
		if title == "" {
			title = "#" + itoa(int64(i+1))
		}
		switch {
		case col.Certainty == filing.CertaintyLikely:
			guessed = append(guessed, title+" → "+c.fieldWords(col.Field))
		case col.Certainty == filing.CertaintyRemembered:
			before = append(before, title+" → "+c.fieldWords(col.Field))
		case col.Field != "":
		case col.Title == "":
			blank = append(blank, title)
			continue
		default:
			unread = append(append(unread, blank...), title)
		}
		blank = nil // columns without a title behind the last one are none
	}
	add := func(key string, list []string) {
		if len(list) > 0 {
			lines = append(lines, "  "+c.T(key, l10n.Args{"Columns": strings.Join(list, c.T("cli.list_separator"))}))
		}
	}
	add("cli.complaints.import_guessed", guessed)
	add("cli.complaints.import_remembered", before)
	add("cli.complaints.import_unread", unread)
	return lines
}

// fieldWords is a field in words, with the name that --map knows.
func (c *cli) fieldWords(f filing.SheetField) string {
	words := c.T("sheet." + string(f))
	if words == string(f) {
		return words
	}
	return words + " " + string(f)
}

// rejectLines name what is wrong with the first bad rows, and below the first of
// each kind what to do about it.
func (c *cli) rejectLines(r filing.SheetReport) []string {
	var lines []string
	told := map[string]bool{}
	for _, row := range r.Rejects[:min(shownRejects, len(r.Rejects))] {
		for _, p := range row.Problems {
			lines = append(lines, "  "+c.T("cli.calls.line", map[string]any{"Line": row.Line, "Reason": plain(report.ProblemWords(c.Printer, p))}))
			if hint := plain(c.Explain(p.Err()).Hint); hint != "" && !told[p.Key] {
				lines = append(lines, "    "+hint)
			}
			told[p.Key] = true
		}
	}
	if more := r.Rejected - shownRejects; more > 0 {
		lines = append(lines, "  "+c.N("cli.complaints.import_more", more))
	}
	return lines
}
