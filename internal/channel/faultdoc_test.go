package channel_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/l10n"
	"quietline/internal/testkit"
)

// faultDoc is the document that is made of the table of TestFaults.
const faultDoc = "../../docs/faults.md"

// TestFaultDocument compares the document with the table, so that it cannot say
// what the program does not do. UPDATE_GOLDEN=1 writes it.
func TestFaultDocument(t *testing.T) {
	want := faultDocument(t)
	path := filepath.FromSlash(faultDoc)
	if os.Getenv("UPDATE_GOLDEN") == "1" {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil { //nolint:gosec // a document
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != want {
		t.Errorf("docs/faults.md is not what the tests say (%v); UPDATE_GOLDEN=1 go test ./internal/channel writes it", err)
	}
}

// docWords are the words of the document in one language.
type docWords struct {
	title, intro, head         string
	atOnce, later, never       string
	resumed                    string
	paused, held, none         string
	sendsAgain, asksFirst, end string
	hours, minutes             string
	name                       func(fault) string
}

func faultDocument(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("<!-- Made of the table in internal/channel/faults_test.go by UPDATE_GOLDEN=1 go test ./internal/channel -->\n\n")
	for i, lang := range []struct {
		l10n.Language
		docWords
	}{{l10n.English, englishDoc()}, {l10n.Chinese, chineseDoc()}} {
		if i > 0 {
			b.WriteString("\n")
		}
		p, w := testkit.Printer(t, lang.Language), lang.docWords
		b.WriteString("# " + w.title + "\n\n" + w.intro + "\n\n" + w.head + "\n|---|---|---|---|---|---|---|\n")
		for _, f := range faults() {
			row := []string{
				w.name(f), p.T("event.attempt_" + string(f.outcome)), p.Term("send_state", string(f.state)),
				w.next(f), w.channel(f), p.T("err."+f.key) + w.end + p.T("err."+f.key+".hint"), w.then(f),
			}
			fmt.Fprintf(&b, "| %s |\n", strings.Join(row, " | "))
		}
	}
	return b.String()
}

func (w docWords) span(d time.Duration) string {
	if d%time.Hour == 0 {
		return fmt.Sprintf(w.hours, d/time.Hour)
	}
	return fmt.Sprintf(w.minutes, d/time.Minute)
}

func (w docWords) next(f fault) string {
	switch {
	case f.due == never:
		return w.never
	case f.paused != "":
		return w.resumed
	case f.due == 0:
		return w.atOnce
	default:
		return fmt.Sprintf(w.later, w.span(f.due))
	}
}

func (w docWords) channel(f fault) string {
	switch {
	case f.paused != "":
		return w.paused
	case f.held > 0:
		return fmt.Sprintf(w.held, w.span(f.held))
	default:
		return w.none
	}
}

func (w docWords) then(f fault) string {
	switch f.state {
	case domain.SendFailed:
		return w.never
	case domain.SendUnknown:
		return w.asksFirst
	default:
		return w.sendsAgain
	}
}
