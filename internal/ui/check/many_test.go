package check

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
)

func TestManyAreJudgedAndCounted(t *testing.T) {
	m, h := newModel(t, newBookFake(), &log{}, &disk{}, nil)
	m.Many.Judge(sheet)
	if m.Many.Stage() != StageDone || m.Many.Total() != 7 || h.many != 1 {
		t.Fatalf("%s, %d numbers, %d events", m.Many.Stage(), m.Many.Total(), h.many)
	}
	want := map[domain.Verdict]int{
		domain.VerdictListed: 2, domain.VerdictListedExtension: 1, domain.VerdictUnlisted: 1,
		domain.VerdictInvalid: 2, domain.VerdictNotServiceLine: 1, domain.VerdictHidden: 0,
	}
	sum := 0
	for _, v := range domain.Verdicts() {
		if m.Many.Of(v) != want[v] {
			t.Errorf("%d %s, want %d", m.Many.Of(v), v, want[v])
		}
		m.Many.Show(v)
		if m.Many.Count() != want[v] {
			t.Errorf("%d rows of %s", m.Many.Count(), v)
		}
		sum += m.Many.Count()
	}
	m.Many.Show("")
	if sum != m.Many.Total() || m.Many.Count() != sum {
		t.Errorf("%d of %d: the parts make the whole", sum, m.Many.Total())
	}
	m.Many.Clear()
	if m.Many.Stage() != StageInput || m.Many.Total() != 0 || m.Many.Count() != 0 {
		t.Error("cleared, but something is left")
	}
}

func TestManyOfAHundredThousand(t *testing.T) {
	var b strings.Builder
	for i := range MostLines {
		fmt.Fprintf(&b, "95013%03d\n", i%1000)
	}
	m, _ := newModel(t, newBookFake(), &log{}, &disk{}, nil)
	m.Many.Judge(b.String())
	if m.Many.Of(domain.VerdictListedExtension) != MostLines {
		t.Error(m.Many.Fault())
	}
	if s := m.Many.Counter().Snapshot(); s.Items != MostLines || s.Fraction() != 1 {
		t.Errorf("%+v", s)
	}
}

func TestManyFromAFile(t *testing.T) {
	d := &disk{files: map[string][]byte{"/x/numbers.csv": []byte("name,number\n镕,95588\n")}}
	m, _ := newModel(t, newBookFake(), &log{}, d, nil)
	m.Many.JudgeFile("/x/numbers.csv")
	if m.Many.Name() != "numbers.csv" || m.Many.Of(domain.VerdictListed) != 1 {
		t.Errorf("%q, %v", m.Many.Name(), m.Many.Fault())
	}
	m.Many.JudgeFile("/x/none")
	if m.Many.Fault() == nil || m.Many.Stage() != StageDone || m.Many.Total() != 1 {
		t.Error("a file that cannot be read leaves what was there")
	}
}

func TestManyThatCannotBeRead(t *testing.T) {
	m, h := newModel(t, newBookFake(), &log{}, &disk{}, nil)
	m.Many.Write(" ")
	m.Many.Judge(m.Many.Text())
	if domain.KeyOf(m.Many.Fault()) != "check.nothing" || m.Many.Stage() != StageInput || h.many != 1 {
		t.Errorf("%v %s", m.Many.Fault(), m.Many.Stage())
	}
	m.Many.Write("95588")
	if m.Many.Fault() != nil {
		t.Error("it is being mended")
	}
}

func TestManyCanBeStopped(t *testing.T) {
	l := &later{}
	m, _ := newModel(t, newBookFake(), &log{}, &disk{}, l.run)
	m.Many.Judge(sheet)
	if m.Many.Stage() != StageJudging {
		t.Fatal(m.Many.Stage())
	}
	m.Many.Judge("95588") // is at work
	m.Many.Stop()
	l.waiting[0]()
	if len(l.waiting) != 1 || m.Many.Stage() != StageInput || domain.KindOf(m.Many.Fault()) != domain.Cancelled {
		t.Errorf("%d jobs, %s, %v", len(l.waiting), m.Many.Stage(), m.Many.Fault())
	}
}

func TestManyClearedWhileJudgedAnew(t *testing.T) {
	l := &later{}
	m, _ := newModel(t, newBookFake(), &log{}, &disk{}, l.run)
	m.Many.Judge(sheet)
	l.waiting[0]()
	m.One.ChooseProvince("安徽")
	m.Many.Clear()
	l.waiting[1]()
	if m.Many.Stage() != StageInput || m.Many.Total() != 0 {
		t.Error("an answer about numbers that are gone")
	}
}

func TestManyFollowTheRegistry(t *testing.T) {
	b := newBookFake()
	m, h := newModel(t, b, &log{}, &disk{}, nil)
	m.p.Checker = nil // not asked any more
	judge := &turned{}
	m.Many.p.Checker = judge
	m.Many.Judge("95777\n")
	m.Many.Open(Line{Input: "95777", Verdict: domain.VerdictUnlisted})
	judge.listed = true
	m.Correct(domain.Correction{Code: "95777"}, func(error) {})
	if m.Many.Of(domain.VerdictListed) != 1 || m.Many.Opened().Verdict != domain.VerdictListed {
		t.Error("the list still shows what was true before")
	}
	many := h.many
	m.Reload()
	if h.many != many {
		t.Error("nothing changed, but the list was built anew")
	}
	// Whose they are may be another although the verdicts are the same.
	lists, side := h.lists, m.Many.Opened()
	m.Reload()
	if h.lists == lists || m.Many.Opened() == side {
		t.Error("holders of before are still shown")
	}
}

func TestManyFollowWhatChangesMeanwhile(t *testing.T) {
	work := &later{}
	m, _ := newModel(t, newBookFake(), &log{}, &disk{}, work.run)
	judge := &turned{}
	m.Many.p.Checker = judge
	m.Many.Judge("95777\n")
	judged := work.waiting[0]
	m.Many.p.Write = func(w func(context.Context) error, done func(error)) func() {
		judge.listed = true
		return atOnce(w, done)
	}
	m.Reload() // the registry changed while they are judged
	judged()
	if m.Many.Of(domain.VerdictListed) != 1 {
		t.Error("judged by the registry before")
	}
}

// turned changes its mind.
type turned struct{ listed bool }

func (c *turned) Check(input, _ string) domain.Check {
	v := domain.VerdictUnlisted
	if c.listed {
		v = domain.VerdictListed
	}
	return domain.Check{Input: input, Verdict: v}
}

func TestExportOfWhatIsShown(t *testing.T) {
	d := &disk{}
	m, h := newModel(t, newBookFake(), &log{}, d, nil)
	m.Many.Judge(sheet)
	m.Many.Show(domain.VerdictInvalid)
	row := func(c domain.Check) []string { return []string{c.Input} }
	m.Many.Export("/x.xlsx", []string{"number"}, row)
	if diff := cmp.Diff([][]string{{"+95588"}, {"abc"}}, d.rows); diff != "" || d.path != "/x.xlsx" {
		t.Error(d.path, diff)
	}
	d.err = errors.New("disk is full")
	m.Many.Export("/y.xlsx", []string{"number"}, row)
	if len(h.failed) != 1 || len(h.exported) != 1 {
		t.Errorf("%v %v", h.failed, h.exported)
	}
}
