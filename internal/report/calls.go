package report

import (
	"strconv"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/l10n"
)

// CallsParams are what Calls needs. All of it is required.
type CallsParams struct {
	// Printer gives the words. Its language must not change while rows are made.
	Printer *l10n.Printer
	// Zone is that of the times, which are written without an offset.
	Zone *time.Location
	// Format gives the words for the source of a call, a format name.
	Format func(source string) string
}

// Calls puts calls into the rows of a table for people, in the language of the
// moment. Its columns are titled so that the importer of tables finds time,
// number, direction, durations and name again. It is for one goroutine.
type Calls struct {
	words
	p CallsParams
}

// NewCalls makes a Calls.
func NewCalls(p CallsParams) *Calls { return &Calls{words: newWords(p.Printer), p: p} }

// Header is the row of headings.
func (c *Calls) Header() []string {
	return []string{
		c.say("call_table.time"), c.say("call_table.person"), c.say("call_table.number"), c.say("call_table.direction"),
		c.say("call_table.duration"), c.say("call_table.ring"), c.say("call_table.name"), c.say("call_table.plain_number"),
		c.say("call_table.area_code"), c.say("call_table.code"), c.say("call_table.family"), c.say("call_table.verdict"),
		c.say("call_table.category"), c.say("call_table.techniques"), c.say("call_table.note"), c.say("call_table.source"),
	}
}

// Row is one call, in the order of Header. Durations are whole seconds, empty
// where unknown; the number is empty where it was withheld.
func (c *Calls) Row(k domain.Call) []string {
	techniques := make([]string, len(k.Techniques))
	for i, t := range k.Techniques {
		techniques[i] = c.term("technique", string(t))
	}
	return []string{
		c.moment(k.StartedAt), k.Person, k.Display, c.term("direction", string(k.Direction)),
		seconds(k.Duration), seconds(k.Ring), k.Name, k.Number,
		k.AreaCode, k.Code, c.term("family", string(k.Family)), c.term("verdict", string(k.Verdict)),
		c.term("category", string(k.Category)), strings.Join(techniques, c.say("verdict_card.separator")), k.Note,
		c.p.Format(k.Source),
	}
}

// moment is to the millisecond only where the source was.
func (c *Calls) moment(t time.Time) string {
	if t.Nanosecond() == 0 {
		return t.In(c.p.Zone).Format("2006-01-02 15:04:05")
	}
	return t.In(c.p.Zone).Format("2006-01-02 15:04:05.000")
}

func seconds(d *time.Duration) string {
	n := domain.WholeSeconds(d)
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}
