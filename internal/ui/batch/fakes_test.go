package batch

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/progress"
	"quietline/internal/testkit"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// desk keeps batches in memory.
type desk struct {
	manyRejected int // rows that could not be filed, more than a column takes
	batches      []filing.Batch
	rejected     []filing.BatchRow
	channels     []domain.Channel
	preview      filing.SheetPreview
	report       filing.SheetReport
	err          error // fails every method
	looks        []filing.SheetRequest
	reads        []filing.SheetRequest
	did          []string
	during       func(context.Context, *progress.Counter) error // while a sheet is read
}

func (d *desk) PreviewSheet(_ context.Context, r filing.SheetRequest) (filing.SheetPreview, error) {
	d.looks = append(d.looks, r)
	return d.preview, d.err
}

func (d *desk) ImportSheet(ctx context.Context, r filing.SheetRequest, c *progress.Counter) (filing.SheetReport, error) {
	d.reads = append(d.reads, r)
	report := d.report
	report.DryRun = r.DryRun
	if d.during != nil {
		if err := d.during(ctx, c); err != nil {
			return report, err
		}
	}
	if d.err != nil {
		return filing.SheetReport{}, d.err
	}
	if !r.DryRun {
		report.Batch = "20240520-9"
		d.batches = slices.Insert(d.batches, 0, filing.Batch{
			ID: report.Batch, File: "calls.csv", Channel: "practice", ChannelKind: domain.ChannelIntake, CreatedAt: testkit.Epoch(),
			FinishedAt: testkit.Epoch(), Rows: report.Rows, Queued: report.Queued, Rejected: report.Rejected,
			States: map[domain.SendState]int{domain.SendQueued: report.Queued},
		})
	}
	return report, nil
}

func (d *desk) Batches(context.Context) ([]filing.Batch, error) {
	return slices.Clone(d.batches), d.err
}

func (d *desk) BatchRows(_ context.Context, _ string, _ filing.BatchRowFilter, after, limit int) (filing.BatchRowPage, error) {
	if n := d.manyRejected; n > 0 {
		page := filing.BatchRowPage{}
		for line := after + 1; line <= n && len(page.Rows) < limit; line++ {
			row := rejected()[0]
			row.Line = line
			page.Rows = append(page.Rows, row)
		}
		if last := after + len(page.Rows); last < n {
			page.Next = last
		}
		return page, d.err
	}
	return filing.BatchRowPage{Rows: d.rejected}, d.err
}

func (d *desk) find(id string) *filing.Batch {
	i := slices.IndexFunc(d.batches, func(b filing.Batch) bool { return b.ID == id })
	if i < 0 {
		return &filing.Batch{}
	}
	return &d.batches[i]
}

func (d *desk) PauseBatch(_ context.Context, id string) (filing.Batch, error) {
	d.did = append(d.did, "pause "+id)
	d.find(id).PausedAt = testkit.Epoch()
	return *d.find(id), d.err
}

func (d *desk) ResumeBatch(_ context.Context, id string) (filing.Batch, error) {
	d.did = append(d.did, "resume "+id)
	d.find(id).PausedAt = time.Time{}
	return *d.find(id), d.err
}

func (d *desk) CancelBatch(_ context.Context, id string) (filing.BatchCancelled, error) {
	d.did = append(d.did, "cancel "+id)
	d.find(id).CancelledAt = testkit.Epoch()
	return filing.BatchCancelled{TakenBack: 400, Filed: 1234, Uncertain: 2}, d.err
}

func (d *desk) ChannelsWithoutTokens(context.Context) ([]domain.Channel, error) {
	return d.channels, d.err
}

// shelf notes which papers are written.
type shelf struct {
	written []string
	err     error
}

func (s *shelf) note(what, id, path string) error {
	s.written = append(s.written, fmt.Sprint(what, " ", id, " ", path))
	return s.err
}

func (s *shelf) Template(_ context.Context, path string) error { return s.note("template", "", path) }

func (s *shelf) Results(_ context.Context, id, path string) error {
	return s.note("results", id, path)
}

func (s *shelf) Rejects(_ context.Context, id, path string) error {
	return s.note("rejects", id, path)
}

func (s *shelf) Problems(_ context.Context, r filing.SheetRequest, path string) error {
	return s.note("problems", r.Path, path)
}

func (s *shelf) Receipts(_ context.Context, id, path string) error {
	return s.note("receipts", id, path)
}

func channels() []domain.Channel {
	return []domain.Channel{
		{ID: 1, Name: domain.PracticeChannelName, Kind: domain.ChannelIntake, URL: domain.PracticeURL, Default: true},
		{ID: 2, Name: "Jiangsu", Kind: domain.ChannelIntake, URL: "https://complaints.example", Rate: 0.5},
		{ID: 3, Name: "12321", Kind: domain.ChannelAssisted},
	}
}

// newDesk is a desk with batches in every state.
func newDesk() *desk {
	at := testkit.Epoch()
	b := func(n int, file string, states map[domain.SendState]int) filing.Batch {
		queued := 0
		for _, c := range states {
			queued += c
		}
		return filing.Batch{
			ID: fmt.Sprintf("20240520-%d", n), File: file, Channel: domain.PracticeChannelName, ChannelKind: domain.ChannelIntake,
			ChannelID: 1, CreatedAt: at, FinishedAt: at, Rows: queued, Queued: queued, States: states,
		}
	}
	sending := b(6, "五月邻里投诉.xlsx", map[domain.SendState]int{
		domain.SendSent: 1234, domain.SendQueued: 650, domain.SendRetry: 12, domain.SendFailed: 4,
	})
	sending.Sheet, sending.Duplicates, sending.Rejected = "小区", 15, 3
	sending.Rows = sending.Queued + 18
	paused := b(5, "paused sheet.csv", map[domain.SendState]int{domain.SendSent: 2, domain.SendQueued: 8})
	paused.PausedAt, paused.Channel, paused.ChannelID = at, "Jiangsu", 2
	hand := b(4, "hand sheet.csv", map[domain.SendState]int{domain.SendQueued: 5})
	hand.Channel, hand.ChannelKind, hand.ChannelID = "12321", domain.ChannelAssisted, 3
	cut := b(3, "cut sheet.csv", map[domain.SendState]int{domain.SendQueued: 8000})
	cut.FinishedAt = time.Time{}
	gone := b(2, "gone sheet.csv", map[domain.SendState]int{domain.SendCancelled: 5, domain.SendSent: 2})
	gone.CancelledAt = at
	return &desk{
		batches:  []filing.Batch{sending, paused, hand, cut, gone, b(1, "all of april.csv", map[domain.SendState]int{domain.SendSent: 312})},
		channels: channels(), rejected: rejected(), preview: preview(), report: report(),
	}
}

func rejected() []filing.BatchRow {
	var out []filing.BatchRow
	for _, r := range report().Rejects {
		out = append(out, filing.BatchRow{Line: r.Line, Cells: r.Cells, State: filing.RowRejected, Problems: r.Problems})
	}
	return out
}

func preview() filing.SheetPreview {
	return filing.SheetPreview{
		Digest: "seen",
		Head: filing.SheetHead{
			File: "calls.csv", Format: "csv", Encoding: "GB18030", Delimiter: ",", Line: 1, Fingerprint: "f",
			Columns: []filing.SheetColumn{
				{Title: "被投诉号码", Field: filing.SheetNumber, Certainty: filing.CertaintyNamed},
				{Title: "时间", Field: filing.SheetCalledAt, Certainty: filing.CertaintyLikely},
				{Title: "类别", Field: filing.SheetCategory, Certainty: filing.CertaintyNamed},
				{Title: "姓名", Field: filing.SheetComplainantName, Certainty: filing.CertaintyRemembered},
				{Title: ""},
			},
		},
		Rows: []filing.RowReject{
			{Line: 2, Cells: []string{"95013000", "2024-05-20 09:15", "贷款理财", "朱镕", "三号楼"}},
			{Line: 3, Cells: []string{"95013001", "昨天", "贷款", "李四", ""}, Problems: report().Rejects[0].Problems},
		},
	}
}

func report() filing.SheetReport {
	return filing.SheetReport{
		Channel: domain.PracticeChannelName, Practice: true, Rows: 2000, Queued: 1982, Duplicates: 15, Rejected: 3,
		ProblemsFor: map[string]int{"complaint.number_is_contact": 1, "complaint.category_unknown": 1},
		Rejects: []filing.RowReject{
			{Line: 3, Cells: []string{"95013001", "昨天", "贷款", "李四", ""}, Problems: []filing.RowProblem{
				{Field: filing.SheetCalledAt, Key: "time.unreadable", Args: domain.Args{"Value": "昨天"}},
				{Field: filing.SheetCategory, Key: "complaint.category_unknown", Args: domain.Args{"Code": "贷款", "Known": "loan"}},
			}},
			{Line: 17, Cells: []string{"13800000001", "2024-05-20 10:00", "其他", "王五"}, Problems: []filing.RowProblem{
				{Field: filing.SheetNumber, Key: "complaint.number_is_contact", Args: domain.Args{"Name": "王医生"}},
			}},
		},
	}
}

// stage is the page in a window.
type stage struct {
	*uitest.Harness
	desk  *desk
	shelf *shelf
	page  *Page
}

func show(t testing.TB, o uitest.Options, d *desk) *stage {
	t.Helper()
	s := &stage{Harness: uitest.New(t, o), desk: d, shelf: &shelf{}}
	s.page = New(Params{
		Env: s.Env, Filing: d, Files: s.shelf,
		OpenFile: func(chosen func(string)) { chosen("/home/me/calls.csv") },
		SaveFile: func(suggested string, chosen func(string)) { chosen("/home/me/" + suggested) },
	})
	s.Show(s.page, kit.Route{Page: kit.PageBatch})
	return s
}

// bench is a model without a window.
type bench struct {
	*Model
	desk   *desk
	shelf  *shelf
	events []string
	failed []error
	queue  []func() // what waits to be done, where hold is set
	hold   bool
}

func newBench(d *desk) *bench {
	b := &bench{desk: d, shelf: &shelf{}}
	note := func(what string) func() { return func() { b.events = append(b.events, what) } }
	run := func(work func(context.Context) error, done func(error)) func() {
		ctx, cancel := context.WithCancel(context.Background())
		if b.hold {
			b.queue = append(b.queue, func() { done(work(ctx)) })
		} else {
			done(work(ctx))
		}
		return cancel
	}
	b.Model = NewModel(ModelParams{
		Filing: d, Files: b.shelf, Language: func() string { return "zh-Hans" }, Run: run, Write: run,
		Events: Events{
			List: note("list"), Detail: note("detail"), Job: note("job"), Rows: note("rows"), Stored: note("stored"),
			Filed: func(filing.SheetReport) { note("filed")() }, Cancelled: func(filing.BatchCancelled) { note("cancelled")() },
			Written: func(string) { note("written")() }, Failed: func(err error) { b.failed = append(b.failed, err) },
		},
	})
	b.Reload()
	return b
}

// settle does what was kept back, in an order of the test's.
func (b *bench) settle() {
	b.hold = false
	for len(b.queue) > 0 {
		next := b.queue[0]
		b.queue = b.queue[1:]
		next()
	}
}
