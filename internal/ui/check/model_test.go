package check

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/domain"
	"quietline/internal/registrar"
	"quietline/internal/ui/numberbox"
	"quietline/internal/ui/uitest"
)

func codes(rows []domain.RegistryEntry) []string {
	var out []string
	for _, e := range rows {
		out = append(out, e.Code+" "+e.Holder.Scope)
	}
	return out
}

func TestProvinceOfTheOwnerUntilAnotherIsChosen(t *testing.T) {
	b, l := newBookFake(), &log{people: uitest.People()}
	m, h := newModel(t, b, l, &disk{}, nil)
	m.Reload()
	if m.One.Province() != "江苏" || h.provinces != 1 {
		t.Errorf("%q after %d", m.One.Province(), h.provinces)
	}
	m.One.ChooseProvince("安徽")
	m.Reload()
	if m.One.Province() != "安徽" {
		t.Errorf("%q: the choice of the user is gone", m.One.Province())
	}
	m.One.ChooseProvince("")
	m.Reload()
	if m.One.Province() != "" {
		t.Error("not stated is a choice too")
	}
}

// timesOf is how often the number of the box called, 0 while that is not known.
func timesOf(m *Model) int64 {
	if card, ok := m.One.Card(); ok {
		return card.Calls
	}
	return 0
}

func TestTimesOfTheNumber(t *testing.T) {
	b, l := newBookFake(), &log{times: map[string]int64{"95588": 4}}
	m, _ := newModel(t, b, l, &disk{}, nil)
	for _, s := range []string{"9", "95", "955", "9558", "95588"} {
		m.One.Type(s)
	}
	if timesOf(m) != 4 {
		t.Errorf("%d times", timesOf(m))
	}
	if diff := cmp.Diff([]string{"95588"}, l.asked); diff != "" {
		t.Error("the log is asked only for a whole number", diff)
	}
	m.One.Type("")
	if timesOf(m) != 0 {
		t.Error("times of no number")
	}
	l.err = errors.New("disk")
	m, h := newModel(t, b, l, &disk{}, nil)
	m.One.Paste("95777")
	if len(h.failed) != 1 || m.One.Check().Verdict != domain.VerdictUnlisted {
		t.Errorf("%v: the verdict does not need the log", h.failed)
	}
}

func TestTimesAreAskedAgainWhenCallsCome(t *testing.T) {
	b, l := newBookFake(), &log{times: map[string]int64{"95588": 4}}
	m, _ := newModel(t, b, l, &disk{}, nil)
	m.One.Paste("95588")
	l.times["95588"] = 5
	m.Reload()
	if timesOf(m) != 5 {
		t.Errorf("%d times", timesOf(m))
	}
}

// The card says what to do, which depends on the verdict.
func TestCardFollowsTheRegistry(t *testing.T) {
	b, l := newBookFake(), &log{times: map[string]int64{"95588": 4}}
	m, _ := newModel(t, b, l, &disk{}, nil)
	m.One.Paste("95588")
	m.Correct(domain.Correction{Code: "95588", Kind: domain.CorrectionHide}, func(error) {})
	if _, ok := m.One.Card(); !ok || len(l.asked) != 2 {
		t.Errorf("the card is that of the registry before: %q", l.asked)
	}
}

// Reading the card is what notices that another program corrected the entry.
func TestVerdictIsNotOlderThanItsCard(t *testing.T) {
	judge := &turned{}
	m, h := newModel(t, newBookFake(), &log{}, &disk{}, nil)
	m.One.Model = numberbox.NewModel(judge, m.One.judged)
	m.One.p.Run = func(work func(context.Context) error, done func(error)) func() {
		judge.listed = true
		return atOnce(work, done)
	}
	m.One.Paste("95777")
	if m.One.Check().Verdict != domain.VerdictListed || h.verdicts == 0 {
		t.Error("the verdict is that of the registry before")
	}
}

func TestCorrectable(t *testing.T) {
	for _, c := range []struct {
		number, code, name string
		several, ok        bool
	}{
		{"", "", "", false, false},
		{"95588", "95588", "中国工商银行", false, true},
		{"95013000", "95013", "北京某某科技有限公司", false, true},
		{"0551-96588", "96588", "朱镕某某基金管理股份有限公司（名称很长的一家公司，用来看名称放不放得下）", true, true},
		{"95777", "95777", "", false, true},
		{"13800138000", "", "", false, false}, // the registry holds service lines only
		{"+95588", "", "", false, false},
		{"12345678901234", "", "", false, false},
	} {
		m, _ := newModel(t, newBookFake(), &log{}, &disk{}, nil)
		m.One.Paste(c.number)
		e, several, ok := m.One.Correctable()
		if e.Code != c.code || e.Holder.NameZH != c.name || several != c.several || ok != c.ok {
			t.Errorf("%q: %+v %v %v", c.number, e, several, ok)
		}
	}
}

// Several rules can have one prefix, as 11 for 110 and for 11185.
func TestBlocksOfOnePrefix(t *testing.T) {
	m, _ := newModel(t, newBookFake(), &log{}, &disk{}, nil)
	book := newBookFake()
	long := domain.RegistryBlock{Prefix: "96", Shortest: 9, Longest: 9, Codes: 1}
	m.Book.p.Registry = &twoBlocks{book: book, more: long, row: book.entries[0]}
	m.Book.Ask(Query{Block: blockKey(long)})
	if got := codes(m.Book.shown.All()); len(got) != 1 {
		t.Errorf("the second of the rules has %q", got)
	}
	m.Book.Ask(Query{Block: "96/5"})
	if got := codes(m.Book.shown.All()); len(got) != 4 {
		t.Errorf("the first of the rules has %q", got)
	}
}

type twoBlocks struct {
	*book
	more domain.RegistryBlock
	row  domain.RegistryEntry
}

func (b *twoBlocks) Blocks() []domain.RegistryBlock { return append(b.book.Blocks(), b.more) }

func (b *twoBlocks) InBlock(x domain.RegistryBlock) []domain.RegistryEntry {
	if x == b.more {
		return []domain.RegistryEntry{b.row}
	}
	return b.book.InBlock(x)
}

func TestBookIsSearched(t *testing.T) {
	for _, c := range []struct {
		name string
		q    Query
		want []string
	}{
		{"nothing asked", Query{}, nil},
		{"spaces are nothing", Query{Text: "  "}, nil},
		{"name", Query{Text: "银行"}, []string{"95588 national", "96588 安徽"}},
		{"English", Query{Text: " huishang "}, []string{"96588 安徽"}},
		{"block", Query{Block: "955/5"}, []string{"95588 national"}},
		{"block that went", Query{Block: "1"}, nil},
		{"province", Query{Scope: "安徽"}, []string{"96588 安徽", "96599 安徽", "96600 安徽"}},
		{"everything at once", Query{Text: "96588", Block: "96/5", Scope: "安徽"}, []string{"96588 安徽"}},
		{"nothing found", Query{Text: "96588", Block: "955/5"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			m, _ := newModel(t, newBookFake(), &log{}, &disk{}, nil)
			m.Book.Ask(c.q)
			if diff := cmp.Diff(c.want, codes(m.Book.shown.All())); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCorrectionChangesWhatIsShown(t *testing.T) {
	b := newBookFake()
	b.effect = registrar.Effect{Numbers: 1, Calls: 3}
	m, h := newModel(t, b, &log{}, &disk{}, nil)
	m.Book.Ask(Query{Text: "95588"})
	m.Book.Open(b.entries[1])
	d := draftOf(*m.Book.Opened())
	d.NameZH, d.Note, d.Kind = " 朱镕行 ", " 打过 ", domain.CorrectionEntry
	var errs []error
	m.Correct(d.Correction(), func(err error) { errs = append(errs, err) })
	want := domain.Correction{
		Code: "95588", Scope: "national", Kind: domain.CorrectionEntry, NameZH: "朱镕行",
		NameEN: "Industrial and Commercial Bank of China", Category: "bank", Note: "打过",
	}
	if diff := cmp.Diff([]domain.Correction{want}, b.corrected); diff != "" {
		t.Error(diff)
	}
	open := m.Book.Opened()
	if open == nil || open.Holder.NameZH != "朱镕行" || open.Listed == nil || open.Listed.NameZH != "中国工商银行" {
		t.Errorf("%+v: the open entry shows what counts now", open)
	}
	if len(errs) != 1 || errs[0] != nil || h.stored[0] != ChangeCorrected || h.effects[0] != b.effect {
		t.Errorf("%v %v %v", errs, h.stored, h.effects)
	}
	m.Undo(*open)
	if open = m.Book.Opened(); open == nil || open.Holder.NameZH != "中国工商银行" || open.Kind != "" {
		t.Errorf("%+v", open)
	}
	if diff := cmp.Diff([]Change{ChangeCorrected, ChangeUndone}, h.stored); diff != "" {
		t.Error(diff)
	}
}

func TestNoteAndHideCarryNoNames(t *testing.T) {
	d := draftOf(newBookFake().entries[1])
	for _, kind := range []domain.CorrectionKind{domain.CorrectionHide, domain.CorrectionNote} {
		d.Kind, d.Note = kind, "x"
		want := domain.Correction{Code: "95588", Scope: "national", Kind: kind, Note: "x"}
		if diff := cmp.Diff(want, d.Correction()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestOwnEntryThatIsUndoneCloses(t *testing.T) {
	b := newBookFake()
	m, _ := newModel(t, b, &log{}, &disk{}, nil)
	m.Correct(Draft{Kind: domain.CorrectionEntry, Code: "96123", Scope: "安徽", NameZH: "某"}.Correction(), func(error) {})
	m.Book.Open(b.entries[len(b.entries)-1])
	m.Undo(*m.Book.Opened())
	if m.Book.Opened() != nil {
		t.Errorf("%+v: it is gone", m.Book.Opened())
	}
}

func TestCorrectionThatFails(t *testing.T) {
	b := newBookFake()
	b.err = domain.Problems{domain.E("x", domain.Invalid, "time.unreadable", nil, nil).At("/code")}
	m, h := newModel(t, b, &log{}, &disk{}, nil)
	var got error
	m.Correct(domain.Correction{}, func(err error) { got = err })
	if got == nil || len(h.stored) != 0 || len(h.failed) != 0 {
		t.Errorf("%v %v %v", got, h.stored, h.failed)
	}
	m.Undo(b.entries[4])
	if len(h.failed) != 1 || len(h.stored) != 0 {
		t.Errorf("%v %v", h.failed, h.stored)
	}
}

func TestOthersOfTheSameCode(t *testing.T) {
	b := newBookFake()
	m, _ := newModel(t, b, &log{}, &disk{}, nil)
	if diff := cmp.Diff([]string{"96588 安徽"}, codes(m.Book.Others(b.entries[2]))); diff != "" {
		t.Error(diff)
	}
	if len(m.Book.Others(b.entries[1])) != 0 {
		t.Error("95588 has one holder")
	}
}
