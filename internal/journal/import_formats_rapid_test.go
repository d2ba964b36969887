package journal_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"quietline/internal/domain"
	"quietline/internal/importer"
	"quietline/internal/journal"
	"quietline/internal/journal/journaltest"
	"quietline/internal/testkit"
)

// phoneCall is what all formats can tell of a call.
type phoneCall struct {
	number string
	at     time.Time
	kind   domain.Direction
}

// phoneCalls draws a log with few numbers and few minutes, newest last.
func phoneCalls() *rapid.Generator[[]phoneCall] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) phoneCall {
		return phoneCall{
			number: rapid.SampledFrom([]string{"", "95588", "(0551) 96588", "+8613800138000", "66200000"}).Draw(t, "number"),
			at:     testkit.Epoch().AddDate(0, 0, -1).Truncate(time.Minute).Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "minute")) * time.Minute),
			kind:   rapid.SampledFrom([]domain.Direction{domain.DirectionIncoming, domain.DirectionOutgoing, domain.DirectionBlocked}).Draw(t, "kind"),
		}
	}), 1, 25)
}

// writers write a log in a text format.
func writers() map[string]func([]phoneCall) string {
	number := func(c phoneCall, hidden string) string {
		if c.number == "" {
			return hidden
		}
		return c.number
	}
	return map[string]func([]phoneCall) string{
		"sms_ie_json": func(log []phoneCall) string {
			rows := []map[string]string{}
			for _, c := range log {
				rows = append(rows, map[string]string{
					"number": c.number, "presentation": "1", "date": strconv.FormatInt(c.at.UnixMilli(), 10), "duration": "5",
					"type": map[domain.Direction]string{domain.DirectionIncoming: "1", domain.DirectionOutgoing: "2", domain.DirectionBlocked: "6"}[c.kind],
				})
			}
			b, _ := json.Marshal(rows)
			return string(b)
		},
		"fritzbox": func(log []phoneCall) string {
			var b strings.Builder
			b.WriteString("sep=;\nTyp;Datum;Name;Rufnummer;Nebenstelle;Eigene Rufnummer;Dauer\n")
			for _, c := range log {
				kind := map[domain.Direction]string{domain.DirectionIncoming: "1;%s;;%s;T;1;0:01\n", domain.DirectionOutgoing: "4;%s;;%s;T;1;0:01\n", domain.DirectionBlocked: "3;%s;;%s;;1;0:00\n"}[c.kind]
				fmt.Fprintf(&b, kind, c.at.In(domain.China()).Format("02.01.06 15:04"), c.number)
			}
			return b.String()
		},
		"ncid": func(log []phoneCall) string {
			var b strings.Builder
			for _, c := range log {
				label := map[domain.Direction]string{domain.DirectionIncoming: "CID", domain.DirectionOutgoing: "OUT", domain.DirectionBlocked: "HUP"}[c.kind]
				at := c.at.In(domain.China())
				fmt.Fprintf(&b, "%s: *DATE*%s*TIME*%s*LINE*-*NMBR*%s*MESG*NONE*NAME*NO NAME*\n", label, at.Format("01022006"), at.Format("1504"), number(c, "PRIVATE"))
			}
			return b.String()
		},
		"generic_csv": func(log []phoneCall) string {
			var b strings.Builder
			b.WriteString("Wann|Wer|Wie\n")
			for _, c := range log {
				fmt.Fprintf(&b, "%s|%s|%s\n", c.at.In(domain.China()).Format("2006-01-02 15:04:05"), number(c, "--"), c.kind)
			}
			return b.String()
		},
	}
}

// formatBench reads real files into a store in memory.
type formatBench struct {
	*journal.Service
	path string
}

func newFormatBench(t testing.TB) formatBench {
	store := journaltest.NewStore("Owner", testkit.Epoch())
	return formatBench{journal.New(journal.Params{
		People: store, Calls: store, Mappings: store, Checker: &journaltest.Checker{},
		Importers: importer.New(importer.Params{}), Clock: testkit.NewClock(),
	}), filepath.Join(t.TempDir(), "log")}
}

func (b formatBench) read(t *rapid.T, format, body string) journal.ImportReport {
	if err := os.WriteFile(b.path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	r := journal.ImportRequest{Path: b.path}
	if format == "generic_csv" {
		r.Mapping = journal.Mapping{"time": "Wann", "number": "Wer", "direction": "Wie"}
	}
	got, err := b.Import(t.Context(), r, nil)
	if err != nil || got.Format != format || got.Rejected+got.Skipped > 0 || got.Rows != got.Imported+got.Duplicates {
		t.Fatalf("%+v, %v", got, err)
	}
	return got
}

// TestFormatsTwiceIsOnce: a file that is imported again changes nothing.
func TestFormatsTwiceIsOnce(t *testing.T) {
	for format, write := range writers() {
		t.Run(format, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				log := phoneCalls().Draw(rt, "log")
				b := newFormatBench(t)
				first := b.read(rt, format, write(log))
				once := contents(rt, b.Service)
				again := b.read(rt, format, write(log))
				if first.Imported != len(log) || again.Duplicates != len(log) || !maps.Equal(once, contents(rt, b.Service)) {
					rt.Fatalf("%d calls: first %+v, again %+v", len(log), first, again)
				}
			})
		})
	}
}

// TestFormatsOverlapIsUnion: of two exports that overlap, a call that both have
// is there as often as the one says that has it more often.
func TestFormatsOverlapIsUnion(t *testing.T) {
	for format, write := range writers() {
		t.Run(format, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				log := phoneCalls().Draw(rt, "log")
				cut := rapid.IntRange(1, len(log)).Draw(rt, "cut")
				from := rapid.IntRange(0, cut-1).Draw(rt, "from")
				a, z := write(log[:cut]), write(log[from:])
				want := map[string]int{}
				for _, part := range []string{a, z} {
					alone := newFormatBench(t)
					alone.read(rt, format, part)
					for key, n := range contents(rt, alone.Service) {
						want[key] = max(want[key], n)
					}
				}
				both, turned := newFormatBench(t), newFormatBench(t)
				both.read(rt, format, a)
				both.read(rt, format, z)
				turned.read(rt, format, z)
				turned.read(rt, format, a)
				if got := contents(rt, both.Service); !maps.Equal(want, got) {
					rt.Fatalf("%v, want %v", got, want)
				}
				if got := contents(rt, turned.Service); !maps.Equal(want, got) {
					rt.Fatalf("the other way round %v, want %v", got, want)
				}
			})
		})
	}
}
