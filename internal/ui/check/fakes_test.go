package check

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"quietline/internal/domain"
	"quietline/internal/journal"
	"quietline/internal/registrar"
	"quietline/internal/registry"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/task"
	"quietline/internal/ui/uitest"
)

// book stands for the use cases on the registry. It keeps corrections as they
// do, without a store.
type book struct {
	uitest.Checker
	entries []domain.RegistryEntry
	source  registrar.Source
	update  *registrar.Update
	effect  registrar.Effect
	err     error // of everything that stores or fetches

	corrected []domain.Correction
	undone    []string
	sources   []registrar.Source
	looked    []string
	installed []*registrar.Update
	problem   error // of an installed list
	reverted  int
}

func (b *book) Installed() bool { return len(b.installed) > 0 || b.problem != nil }

func (b *book) Problem() error { return b.problem }

func (b *book) Revert(context.Context) (registrar.Effect, error) {
	if b.err != nil {
		return registrar.Effect{}, b.err
	}
	b.reverted++
	b.installed, b.problem = nil, nil
	return b.effect, nil
}

func lists(code, scope, zh, en, category, confidence string) domain.RegistryEntry {
	return domain.RegistryEntry{Code: code, Holder: domain.Holder{
		NameZH: zh, NameEN: en, Category: category, Scope: scope, Confidence: confidence,
		Source: "metowolf/vCards:data/" + category + ".yaml; bank contact list",
	}}
}

func newBookFake() *book {
	b := &book{entries: []domain.RegistryEntry{
		lists("95013", "national", "北京某某科技有限公司", "", "call_centre", registry.SingleSource),
		lists("95588", "national", "中国工商银行", "Industrial and Commercial Bank of China", "bank", registry.TwoSources),
		lists("96588", "上海", "朱镕某某基金管理股份有限公司（名称很长的一家公司，用来看名称放不放得下）", "", "fund", registry.SingleSource),
		lists("96588", "安徽", "徽商银行", "Huishang Bank", "bank", registry.TwoSources),
	}}
	b.entries[0].Holder.Note = "两份名单不一致，未证实"
	own := lists("96599", "安徽", "某某公司客服中心", "", "other", "")
	listed := lists("96599", "安徽", "某某旧公司", "", "other", registry.SingleSource).Holder
	own.Holder.Own, own.Holder.Source, own.Holder.OwnNote = true, "", "打电话核实过"
	own.Kind, own.Listed = domain.CorrectionEntry, &listed
	hidden := lists("96600", "安徽", "早已停用的一家单位", "", "other", registry.SingleSource)
	hidden.Kind = domain.CorrectionHide
	b.entries = append(b.entries, own, hidden)
	return b
}

func (b *book) Info() domain.RegistryInfo { return uitest.Registry() }

func (b *book) Provinces() []domain.Province {
	return []domain.Province{
		{Code: "31", NameZH: "上海", NameEN: "Shanghai"},
		{Code: "32", NameZH: "江苏", NameEN: "Jiangsu"},
		{Code: "34", NameZH: "安徽", NameEN: "Anhui"},
	}
}

func (b *book) Province(name string) (domain.Province, bool) {
	for _, p := range b.Provinces() {
		if p.NameZH == name || p.NameEN == name {
			return p, true
		}
	}
	return domain.Province{}, false
}

func (b *book) Entries() []domain.RegistryEntry { return b.entries }

func (b *book) Search(query string, limit int) []domain.RegistryEntry {
	query = strings.ToLower(query)
	var out []domain.RegistryEntry
	for _, e := range b.entries {
		text := strings.ToLower(e.Code + e.Holder.NameZH + e.Holder.NameEN)
		if strings.Contains(text, query) && len(out) < limit {
			out = append(out, e)
		}
	}
	return out
}

func (b *book) Blocks() []domain.RegistryBlock {
	return []domain.RegistryBlock{
		{Prefix: "9501", Family: domain.FamilyCallCentre95, Base: 5, Shortest: 5, Longest: 8, Codes: 1, Possible: 10, Use: "V", Length: "V"},
		{Prefix: "955", Family: domain.FamilyEnterprise95, Base: 5, Shortest: 5, Longest: 5, Codes: 1, Possible: 100, Use: "V", Length: "S"},
		{Prefix: "96", Family: domain.FamilyProvincial96, Base: 5, Shortest: 5, Longest: 6, Codes: 4, Possible: 1000, Use: "S", Length: "U"},
		{Prefix: "12", Family: domain.FamilyPublicService, Shortest: 5, Longest: 5, Codes: 0, Use: "S", Length: "S"},
	}
}

func (b *book) InBlock(x domain.RegistryBlock) []domain.RegistryEntry {
	return only(b.entries, func(e domain.RegistryEntry) bool { return strings.HasPrefix(e.Code, x.Prefix) })
}

func (b *book) Correct(_ context.Context, c domain.Correction) (registrar.Effect, error) {
	if b.err != nil {
		return registrar.Effect{}, b.err
	}
	b.corrected = append(b.corrected, c)
	e := domain.RegistryEntry{Code: c.Code, Kind: c.Kind, Holder: domain.Holder{
		NameZH: c.NameZH, NameEN: c.NameEN, Category: c.Category, Scope: c.Scope, Own: true, OwnNote: c.Note,
	}}
	entries := slices.Clone(b.entries)
	for i, x := range entries {
		if x.Code == c.Code && x.Holder.Scope == c.Scope {
			listed := x.Holder
			if c.Kind == domain.CorrectionEntry {
				e.Listed = &listed
			} else {
				e.Holder = listed
				e.Holder.OwnNote = c.Note
			}
			entries[i] = e
			b.entries = entries
			return b.effect, nil
		}
	}
	entries = append(entries, e)
	b.entries = entries
	return b.effect, nil
}

func (b *book) Undo(_ context.Context, code, scope string) (registrar.Effect, error) {
	if b.err != nil {
		return registrar.Effect{}, b.err
	}
	b.undone = append(b.undone, code+" "+scope)
	b.entries = only(b.entries, func(e domain.RegistryEntry) bool {
		return e.Code != code || e.Holder.Scope != scope || e.Listed != nil || e.Kind != domain.CorrectionEntry
	})
	for i, x := range b.entries {
		if x.Code == code && x.Holder.Scope == scope {
			b.entries[i].Kind = ""
			if x.Listed != nil {
				b.entries[i].Holder, b.entries[i].Listed = *x.Listed, nil
			}
		}
	}
	return b.effect, nil
}

func (b *book) Source(context.Context) (registrar.Source, error) { return b.source, b.err }

func (b *book) SetSource(_ context.Context, s registrar.Source) error {
	if !strings.HasPrefix(s.URL, "https://") {
		return domain.Problems{domain.E("book.SetSource", domain.Invalid, "time.unreadable", nil, nil).At("/url")}
	}
	b.sources, b.source = append(b.sources, s), s
	return nil
}

func (b *book) Look(context.Context) (*registrar.Update, error) {
	b.looked = append(b.looked, b.source.URL)
	return b.update, b.err
}

func (b *book) LookIn(_ context.Context, path string) (*registrar.Update, error) {
	b.looked = append(b.looked, path)
	return b.update, b.err
}

func (b *book) Install(_ context.Context, u *registrar.Update) (registrar.Effect, error) {
	if b.err != nil {
		return registrar.Effect{}, b.err
	}
	b.installed = append(b.installed, u)
	return b.effect, nil
}

// newer is a list that changes a little of everything.
func newer() *registrar.Update {
	bank := lists("95588", "national", "中国工商银行", "Industrial and Commercial Bank of China", "bank", registry.SingleSource).Holder
	better := bank
	better.Confidence = registry.TwoSources
	fund := lists("95777", "national", "某某基金销售有限公司", "", "fund", registry.SingleSource).Holder
	gone := lists("96511", "安徽", "已经停业的某某公司", "", "other", registry.SingleSource).Holder
	return &registrar.Update{
		From: uitest.Registry(), To: domain.RegistryInfo{Version: "2026.12.0", Date: "2026-11-20", Entries: 1397},
		Added:   []domain.RegistryChange{{Code: "95777", Scope: "national", After: &fund}},
		Changed: []domain.RegistryChange{{Code: "95588", Scope: "national", Before: &bank, After: &better}},
		Removed: []domain.RegistryChange{{Code: "96511", Scope: "安徽", Before: &gone}},
		Verdicts: []domain.VerdictChange{
			{Number: "95777", Calls: 3, Before: domain.VerdictUnlisted, After: domain.VerdictListed, CodeAfter: "95777"},
			{Number: "9577712", Calls: 1, Before: domain.VerdictUnlisted, After: domain.VerdictListedExtension, CodeAfter: "95777"},
		},
		Numbers: 2, Calls: 4,
	}
}

// log stands for the journal.
type log struct {
	people []domain.Person
	times  map[string]int64
	asked  []string
	err    error
}

func (l *log) People(context.Context) ([]domain.Person, error) { return l.people, l.err }

func (l *log) Card(_ context.Context, number, _ string) (journal.Card, error) {
	l.asked = append(l.asked, number)
	n := l.times[number]
	return journal.Card{
		Check: domain.Check{Reading: domain.Reading{Number: number}}, Logged: n > 0,
		NumberLog: journal.NumberLog{Calls: n, First: testkit.Epoch(), Last: testkit.Epoch()},
		Do:        []journal.Deed{journal.DeedRefuse},
	}, l.err
}

// disk stands for files.
type disk struct {
	files  map[string][]byte
	path   string
	header []string
	rows   [][]string
	err    error
}

func (d *disk) Read(_ context.Context, path string, most int64) ([]byte, error) {
	data, ok := d.files[path]
	if !ok || int64(len(data)) > most {
		return nil, errors.New("no such file")
	}
	return data, nil
}

func (d *disk) Export(_ context.Context, path string, header []string, rows iter.Seq[[]string]) error {
	if d.err != nil {
		return d.err
	}
	d.path, d.header, d.rows = path, header, slices.Collect(rows)
	return nil
}

// atOnce is a task.Runner.
func atOnce(work func(context.Context) error, done func(error)) func() {
	done(work(context.Background()))
	return func() {}
}

// later keeps work back until the test lets it run.
type later struct{ waiting []func() }

func (l *later) run(work func(context.Context) error, done func(error)) func() {
	ctx, cancel := context.WithCancel(context.Background())
	l.waiting = append(l.waiting, func() { done(work(ctx)) })
	return cancel
}

// heard is what a model told its page.
type heard struct {
	verdicts, provinces, many, lists, books, entries int
	stages                                           []LookStage
	stored                                           []Change
	effects                                          []registrar.Effect
	exported                                         []string
	failed                                           []error
}

func newModel(t *testing.T, b *book, l *log, d *disk, write task.Runner) (*Model, *heard) {
	t.Helper()
	h := &heard{}
	var m *Model
	if write == nil {
		write = atOnce
	}
	m = NewModel(ModelParams{
		Checker: &b.Checker, Registry: b, Journal: l, Files: d, Run: atOnce, Write: write,
		Events: Events{
			Verdict: func() { h.verdicts++ }, Province: func() { h.provinces++ }, Many: func() { h.many++ },
			ManyList: func() { h.lists++ }, Book: func() { h.books++ }, Entry: func() { h.entries++ },
			Look: func() { h.stages = append(h.stages, m.Look.Stage()) },
			Stored: func(d Change, e registrar.Effect) {
				h.stored, h.effects = append(h.stored, d), append(h.effects, e)
			},
			Exported: func(p string) { h.exported = append(h.exported, p) },
			Failed:   func(err error) { h.failed = append(h.failed, err) },
		},
	})
	return m, h
}

// stage is the page in a window with its fakes.
type stage struct {
	*uitest.Harness
	page   *Page
	book   *book
	log    *log
	disk   *disk
	opened string // the path that the file dialog gives
	saved  string // the name that the file dialog was given
}

func show(t *testing.T, o uitest.Options, r kit.Route) *stage {
	t.Helper()
	s := &stage{
		Harness: uitest.New(t, o), book: newBookFake(), disk: &disk{files: map[string][]byte{}},
		log: &log{people: uitest.People(), times: map[string]int64{"95013000": 3}},
	}
	s.page = New(Params{
		Env: s.Env, Checker: &s.book.Checker, Registry: s.book, Journal: s.log, Files: s.disk,
		OpenFile: func(chosen func(string)) { chosen(s.opened) },
		SaveFile: func(name string, chosen func(string)) {
			s.saved = name
			chosen("/somewhere/" + name)
		},
	})
	r.Page = kit.PageCheck
	s.Show(s.page, r)
	if first := s.page.First(); first != nil {
		s.Window.Canvas().Focus(first)
	}
	return s
}

// to shows a segment as a click on it does.
func (s *stage) to(x Segment) {
	s.T.Helper()
	s.Press("check.segment." + string(x))
}
