package advice

import (
	"strings"

	"quietline/internal/registry"
)

// Search finds entries, the best first: by their titles in either language, in
// pinyin or by initials, also with a slip, and by the words of their statements.
// A blank query finds every entry in the order of the table.
func (t *Table) Search(query string) []Entry {
	if strings.TrimSpace(query) == "" {
		return t.entries
	}
	t.once.Do(func() {
		docs := make([]registry.Doc, len(t.entries))
		for i, e := range t.entries {
			docs[i] = docOf(e)
		}
		t.docs = registry.NewDocs(docs)
	})
	found := t.docs.Search(query)
	out := make([]Entry, len(found))
	for i, at := range found {
		out[i] = t.entries[at]
	}
	return out
}

func docOf(e Entry) registry.Doc {
	d := registry.Doc{Names: []string{e.Title.ZH, e.Title.EN}}
	d.Notes = append(append(d.Notes, phrases(e.Words.ZH)...), e.Words.EN)
	for _, p := range e.Points {
		// Pinyin finds a note from its beginning, so each phrase is one.
		d.Notes = append(d.Notes, phrases(p.Text.ZH)...)
		d.Notes = append(d.Notes, p.Text.EN, p.Value)
	}
	return d
}
