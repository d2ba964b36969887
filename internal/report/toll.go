package report

import (
	"quietline/internal/custody"
	"quietline/internal/l10n"
)

// TollText says what erasing a person takes, a line for each kind of thing.
func TollText(p *l10n.Printer, t custody.Toll) []string {
	var out []string
	line := func(key string, n int64) {
		if n > 0 {
			out = append(out, p.N("erase.goes."+key, int(n)))
		}
	}
	if t.Owner {
		out = append(out, p.T("erase.goes.owner"))
	} else {
		out = append(out, p.T("erase.goes.person", l10n.Args{"Name": t.Person}))
	}
	line("calls", t.Calls)
	line("others_calls", t.OthersCalls)
	line("contacts", t.Contacts)
	line("alerts", t.Alerts)
	line("complaints", t.Complaints)
	line("waiting", t.Waiting)
	line("open", t.Open)
	line("unsettled", t.Unsettled)
	line("evidence", int64(len(t.Evidence)))
	line("mentions", t.Mentions)
	line("copies", int64(t.Copies))
	return out
}

// RestoredText says what a restoration brought and what follows from it, a line
// for each.
func RestoredText(p *l10n.Printer, r custody.Restored, taken string) []string {
	out := []string{p.T("restore.done", l10n.Args{"Time": taken})}
	line := func(key string, n int) {
		if n > 0 {
			out = append(out, p.N("restore."+key, n))
		}
	}
	line("by_key", r.ByKey)
	line("by_person", r.ByPerson)
	line("drafts", r.Drafts)
	line("no_token", r.NoToken)
	if r.Kept != "" {
		out = append(out, p.T("restore.kept", l10n.Args{"Path": r.Kept}))
	}
	return out
}
