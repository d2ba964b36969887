package check

import (
	"context"
	"path/filepath"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/progress"
	"quietline/internal/ui/task"
)

// Line is one of many numbers: as it was pasted, and its verdict. All else that
// is known of it is asked for when it is looked at, so that a hundred thousand
// of them stay small.
type Line struct {
	Input   string
	Verdict domain.Verdict
}

// Stage is how far many numbers have come.
type Stage string

// The stages of many numbers.
const (
	StageInput   Stage = "input"
	StageJudging Stage = "judging"
	StageDone    Stage = "done"
)

// Many is the list of numbers that are judged at once.
type Many struct {
	shown    task.Held[Line]
	p        ModelParams
	province func() string

	text   string
	name   string // of the file they are from, or empty
	stage  Stage
	fault  error
	lines  []Line
	counts map[domain.Verdict]int
	filter domain.Verdict // empty for all
	open   *Line

	counter *progress.Counter
	halt    func()
	late    bool // what they are judged by changed meanwhile
	jobs    int  // counts jobs; the answer of an older one is dropped
}

// Count is how many lines are shown, those of the filter.
func (m *Many) Count() int { return m.shown.Count() }

func newMany(p ModelParams, province func() string) *Many {
	return &Many{p: p, province: province, stage: StageInput}
}

// Stage is how far they have come.
func (m *Many) Stage() Stage { return m.stage }

// Text is what stands in the box.
func (m *Many) Text() string { return m.text }

// Write takes over what stands in the box.
func (m *Many) Write(text string) { m.text, m.fault = text, nil }

// Fault is why the numbers could not be read, nil where nothing is wrong.
func (m *Many) Fault() error { return m.fault }

// Name is that of the file the numbers are from, or empty.
func (m *Many) Name() string { return m.name }

// Counter counts while the numbers are judged.
func (m *Many) Counter() *progress.Counter { return m.counter }

// Total is how many numbers there are.
func (m *Many) Total() int { return len(m.lines) }

// Of counts the numbers with the verdict.
func (m *Many) Of(v domain.Verdict) int { return m.counts[v] }

// Filter is the verdict that is shown alone, empty for all.
func (m *Many) Filter() domain.Verdict { return m.filter }

// Judge judges the numbers of a text.
func (m *Many) Judge(text string) {
	m.start("", func(context.Context) (string, error) { return text, nil })
}

// JudgeFile judges the numbers of a file.
func (m *Many) JudgeFile(path string) {
	m.start(filepath.Base(path), func(ctx context.Context) (string, error) {
		data, err := m.p.Files.Read(ctx, path, MostBytes)
		if err != nil {
			return "", err
		}
		return decode(data)
	})
}

// start judges what read gives. It goes on when the page is left: it is over
// in seconds, and whoever comes back wants the result.
func (m *Many) start(name string, read func(context.Context) (string, error)) {
	if m.stage == StageJudging {
		return
	}
	m.jobs++
	job, was := m.jobs, m.stage
	counter := &progress.Counter{}
	m.stage, m.fault, m.counter, m.late = StageJudging, nil, counter, false
	province := m.province()
	var lines []Line
	m.halt = m.p.Write(func(ctx context.Context) error {
		text, err := read(ctx)
		if err != nil {
			return err
		}
		inputs, err := readLines(text, func(s string) domain.Verdict { return m.p.Checker.Check(s, province).Verdict })
		if err != nil {
			return err
		}
		lines, err = m.judge(ctx, inputs, province, counter)
		return err
	}, func(err error) {
		if job != m.jobs {
			return
		}
		if err != nil {
			m.stage, m.fault = was, err
			m.p.Events.Many()
			return
		}
		m.name = name
		m.take(lines)
		m.stage, m.filter, m.open = StageDone, "", nil
		m.list()
		m.p.Events.Many()
		if m.late {
			m.again()
		}
	})
	if m.stage == StageJudging {
		m.p.Events.Many()
	}
}

// step is how many numbers are judged between two looks at the context.
const step = 500

// judge runs away from the model's goroutine and touches none of its state.
func (m *Many) judge(ctx context.Context, inputs []string, province string, c *progress.Counter) ([]Line, error) {
	c.SetTotal(int64(len(inputs)))
	lines := make([]Line, 0, len(inputs))
	for part := range slices.Chunk(inputs, step) {
		if err := ctx.Err(); err != nil {
			return nil, domain.E("check.judge", domain.Cancelled, "check.stopped", nil, err)
		}
		for _, s := range part {
			lines = append(lines, Line{Input: s, Verdict: m.p.Checker.Check(s, province).Verdict})
		}
		c.AddItems(int64(len(part)))
		c.AddDone(int64(len(part)))
	}
	return lines, nil
}

func (m *Many) take(lines []Line) {
	m.lines, m.counts = lines, map[domain.Verdict]int{}
	for _, l := range lines {
		m.counts[l.Verdict]++
	}
}

// Stop ends the judging.
func (m *Many) Stop() {
	if m.stage == StageJudging && m.halt != nil {
		m.halt()
	}
}

// again judges the same numbers anew, because the registry changed or they are
// received elsewhere.
func (m *Many) again() {
	if m.stage != StageDone {
		m.late = m.stage == StageJudging
		return
	}
	m.jobs++
	job := m.jobs
	province, old := m.province(), m.lines
	var lines []Line
	m.p.Write(func(ctx context.Context) (err error) {
		inputs := make([]string, len(old))
		for i, l := range old {
			inputs[i] = l.Input
		}
		lines, err = m.judge(ctx, inputs, province, &progress.Counter{})
		return err
	}, func(err error) {
		if job != m.jobs || err != nil || m.stage != StageDone {
			return
		}
		if slices.Equal(lines, old) {
			// Whose they are may be another, which the rows do not hold.
			if m.open != nil {
				open := *m.open
				m.open = &open
			}
			m.p.Events.ManyList()
			return
		}
		m.take(lines)
		if m.open != nil {
			m.open.Verdict = m.Check(m.open.Input).Verdict
		}
		m.list()
		m.p.Events.Many()
	})
}

// Show shows the numbers with the verdict alone, all for the empty one.
func (m *Many) Show(v domain.Verdict) {
	if v == m.filter {
		return
	}
	m.filter = v
	m.list()
	m.p.Events.ManyList()
}

func (m *Many) list() {
	if m.filter == "" {
		m.shown.Set(m.lines)
		return
	}
	rows := make([]Line, 0, m.counts[m.filter])
	for _, l := range m.lines {
		if l.Verdict == m.filter {
			rows = append(rows, l)
		}
	}
	m.shown.Set(rows)
}

// Opened is the number whose verdict is shown in full, nil for none.
func (m *Many) Opened() *Line { return m.open }

// Open shows the verdict of a number in full.
func (m *Many) Open(l Line) {
	m.open = &l
	m.p.Events.ManyList()
}

// Close shows no verdict in full.
func (m *Many) Close() {
	m.open = nil
	m.p.Events.ManyList()
}

// Check gives all that is known of a number of the list.
func (m *Many) Check(input string) domain.Check { return m.p.Checker.Check(input, m.province()) }

// Clear throws the numbers away, and what stands in the box.
func (m *Many) Clear() {
	m.jobs++
	m.stage, m.lines, m.counts, m.filter, m.open, m.name = StageInput, nil, nil, "", nil, ""
	m.text = ""
	m.shown.Set(nil)
	m.p.Events.Many()
}

// Export writes the numbers that are shown, each as row puts it into words.
func (m *Many) Export(path string, header []string, row func(domain.Check) []string) {
	lines, province := m.shown.All(), m.province()
	m.p.Write(func(ctx context.Context) error {
		return m.p.Files.Export(ctx, path, header, func(yield func([]string) bool) {
			for _, l := range lines {
				if !yield(row(m.p.Checker.Check(l.Input, province))) {
					return
				}
			}
		})
	}, func(err error) {
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		m.p.Events.Exported(path)
	})
}
