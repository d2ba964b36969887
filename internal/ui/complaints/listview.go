package complaints

import (
	"context"
	"reflect"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// typing is the pause in typing after which a search begins, or the number is
// looked up in the contacts.
const typing = 250 * time.Millisecond

// listView is the list with its segments, and the open complaint beside it.
type listView struct {
	p        *Page
	env      *kit.Env
	rows     *kit.Rows[domain.Complaint]
	table    *kit.Table[domain.Complaint]
	filters  *filterView
	foot     *kit.Foot // what became of several, what can be done with marked ones
	asked    asked     // what the rows were asked for last
	segments *fyne.Container
	choice   *kit.Segments[Segment]
	reminder *fyne.Container // what does not go on by itself
	reminded reminded
	detail   *detailView
	send     *kit.Button
	news     *kit.Button
	body     *fyne.Container // the table, or what stands in its place
	split    *kit.Split
	sheet    fyne.CanvasObject // the table on its surface
	object   fyne.CanvasObject
	fault    error
}

func newListView(p *Page) *listView {
	v := &listView{p: p, env: p.env, segments: kit.Stack(0), reminder: kit.Stack(1), body: container.NewStack()}
	v.reminder.Hide()
	v.asked = v.asks()
	v.rows = kit.NewRows(kit.RowsParams[domain.Complaint]{
		Jobs: v.env.Jobs,
		Index: func(ctx context.Context) (kit.RowIndex, error) {
			n, pages, err := p.model.Index(ctx, kit.RowPage)
			return kit.RowIndex{Count: n, Cursors: pages}, err
		},
		Load: p.model.Page,
		Failed: func(err error) {
			v.fault = err
			v.showBody()
		},
	})
	all := func() { p.model.All(v.table.MarkAll) }
	v.table = kit.NewTable(kit.TableParams[domain.Complaint]{
		Env: v.env, Name: "complaints", Rows: v.rows, Columns: v.columns(),
		OnOpen:   func(_ int, c domain.Complaint) { p.model.Open(c.ID) },
		Key:      func(c domain.Complaint) string { return string(c.ID) },
		OnMarked: func(marked []domain.Complaint) { v.foot.Marked(len(marked), v.deeds(marked)...) },
		OnAll:    all, Menu: v.menu, OnRemove: v.removeDrafts,
	})
	v.sheet = kit.Sheet(v.table.Object())
	v.rows.SetChanged(func() {
		v.fault = nil
		v.table.Refresh()
		v.showBody()
	})
	v.filters = newFilterView(p)
	v.foot = kit.NewFoot(kit.FootParams{
		Env: v.env, Keys: "complaints.marks.", Most: MostMarked, Count: v.rows.Count, All: all, None: v.table.Unmark,
	})
	v.split = kit.NewSplit(kit.SplitParams{
		Env:  v.env,
		List: v.foot.Below(kit.Under(1.5, kit.Stack(1.5, v.reminder, v.segments, v.filters.object), v.body)),
		Side: 56, Least: 44,
	})
	v.send = kit.NewButton(v.env.T("complaints.send_now"), theme.MailSendIcon(), func() {
		p.model.SendNow("")
		v.env.Toast(v.env.T("complaints.send_now.toast"))
	})
	v.news = v.newNews()
	v.object = kit.Frame(kit.FrameParams{
		Title: v.env.T("complaints.title"), Fixed: true,
		Actions: []fyne.CanvasObject{
			v.news,
			v.send,
			kit.NewPrimary(v.env.T("complaints.new"), theme.ContentAddIcon(), p.newComplaint).On(kit.CommandNew),
		},
		Body: v.split.Object(),
	})
	if p.ctx != nil {
		v.rows.Reload(p.ctx)
	}
	v.showBody()
	v.showMany()
	return v
}

// asked is what the rows of the list are an answer to.
type asked struct {
	segment Segment
	filter  Filter
}

func (v *listView) asks() asked { return asked{v.p.model.Segment(), v.p.model.Filter()} }

// showRows fetches the rows again; those of another question from the top, and
// without what was marked among others.
func (v *listView) showRows() {
	v.filters.show()
	if v.choice != nil {
		v.choice.Set(v.p.model.Segment())
	}
	now := v.asks()
	other := now != v.asked
	if other {
		if now.segment != v.asked.segment {
			v.table.Unmark()
		}
		v.asked = now
		v.table.ToTop()
	}
	switch {
	case v.p.ctx == nil:
	case other:
		v.rows.Renew(v.p.ctx)
	default:
		v.rows.Reload(v.p.ctx)
	}
}

func (v *listView) columns() []kit.Column[domain.Complaint] {
	e := v.env
	return []kit.Column[domain.Complaint]{
		{Name: "number", Title: e.T("complaints.column.number"), Width: 16, Flex: 1, Cell: func(c domain.Complaint) kit.Cell {
			return kit.Cell{Text: shownNumber(c.Body.Caller), Bold: true}
		}},
		{Name: "state", Title: e.T("complaints.column.state"), Width: 22, Flex: 0, Cell: func(c domain.Complaint) kit.Cell {
			if text := waitsForUser(e, c); text != "" {
				return kit.Cell{Text: text, Tone: look.Caution}
			}
			text := v.practised(c, e.T("complaints.state."+string(c.SendState)))
			return kit.Cell{Text: text, Tone: look.ToneOfSendState(c.SendState)}
		}},
		{Name: "case", Title: e.T("complaints.column.case"), Width: 16, Rank: 3, Cell: func(c domain.Complaint) kit.Cell {
			if c.CaseState == domain.CaseNone {
				return kit.Cell{}
			}
			return kit.Cell{Text: e.Printer.Term("case_state", string(c.CaseState)), Tone: look.ToneOfCaseState(c.CaseState)}
		}},
		{Name: "category", Title: e.T("complaints.column.category"), Width: 14, Flex: 1, Rank: 2, Cell: func(c domain.Complaint) kit.Cell {
			return kit.Cell{Text: e.Printer.Term("category", string(c.Body.Category))}
		}},
		{Name: "receipt", Title: e.T("complaints.column.receipt"), Width: 20, Flex: 1, Rank: 5, Cell: func(c domain.Complaint) kit.Cell {
			return kit.Cell{Text: c.ReceiptNumber}
		}},
		{Name: "next", Title: e.T("complaints.column.next"), Width: 18, Rank: 4, Cell: func(c domain.Complaint) kit.Cell {
			if c.NextAttemptAt.IsZero() {
				return kit.Cell{}
			}
			return kit.Cell{Text: kit.FormatTime(c.NextAttemptAt), Muted: true}
		}},
		{Name: "created", Title: e.T("complaints.column.created"), Width: 16, Rank: 1, Cell: func(c domain.Complaint) kit.Cell {
			return kit.Cell{Text: kit.FormatTime(c.CreatedAt), Muted: true}
		}},
	}
}

// shownNumber is the number as it was displayed to the person called.
func shownNumber(c domain.Caller) string {
	if c.Displayed != "" {
		return c.Displayed
	}
	return c.Number
}

// showBody puts the table, or what stands where there is nothing, in its place.
func (v *listView) showBody() {
	var o fyne.CanvasObject
	switch {
	case v.fault != nil:
		o = container.NewVScroll(v.env.ErrorNotice(v.fault, v.env.Retry(v.p.model.Reload)))
	case v.p.model.Empty():
		o = container.NewVScroll(v.p.empty())
	case v.rows.Known() && v.rows.Count() == 0:
		o = container.NewVScroll(v.nothing())
	default:
		o = v.sheet
	}
	v.filters.showCount(v.counted())
	if len(v.body.Objects) == 1 && v.body.Objects[0] == o {
		return
	}
	v.body.Objects = []fyne.CanvasObject{o}
	v.body.Refresh()
}

// counted says how many complaints the list shows, where that is known.
func (v *listView) counted() string {
	switch {
	case v.fault != nil || !v.rows.Known() || v.rows.Count() == 0:
		return ""
	case v.rows.Counting():
		return v.env.T("calls.counting")
	}
	return v.env.N("complaints.count", v.rows.Count())
}

// nothing stands where the segment, or the search, has no complaint.
func (v *listView) nothing() fyne.CanvasObject {
	key := "complaints.none." + string(v.p.model.Segment())
	if v.p.model.Filter().Narrow() {
		key = "complaints.none.search"
	}
	return kit.Empty(v.env, look.IconComplaints, key)
}

// showCounts writes the segments with their counts.
func (v *listView) showCounts() {
	m := v.p.model
	var options []kit.Option[Segment]
	for _, s := range Segments() {
		if (s == SegmentAside || s == SegmentStuck) && m.Count(s) == 0 && m.Segment() != s {
			continue
		}
		text := v.env.T("complaints.segment."+string(s), map[string]any{"Count": v.env.Printer.Number(m.Count(s))})
		options = append(options, kit.Option[Segment]{Code: s, Text: text})
	}
	if v.choice == nil || !v.choice.Relabel(options) {
		v.choice = kit.NewSegments(options, m.Segment(), v.p.choose)
		v.segments.Objects = []fyne.CanvasObject{v.choice.Object()}
		v.segments.Refresh()
	}
	v.choice.Set(m.Segment())
	v.showReminder()
	v.filters.show()
	if waiting, filed := m.Sendable() > 0, m.Syncs(); v.send.Visible() != waiting || v.news.Visible() != filed {
		v.send.Hidden, v.news.Hidden = !waiting, !filed
		v.object.Refresh()
	}
	v.showBody()
}

// showReminder speaks of what does not go on by itself. While nothing of that
// changes, the keyboard stays where it is.
func (v *listView) showReminder() {
	m := v.p.model
	now := reminded{m.Segment(), m.Overdue(), m.Unsettled(), m.waiting}
	if reflect.DeepEqual(now, v.reminded) {
		return
	}
	v.reminded = now
	v.reminder.Objects = v.reminders()
	v.reminder.Hidden = len(v.reminder.Objects) == 0
	v.reminder.Refresh()
}

// reminded is what the reminder was made of.
type reminded struct {
	segment            Segment
	overdue, unsettled int
	waiting            filing.Waiting
}

// showDetail puts the open complaint at the side. While the outbox works this
// is called often; what did not change stays as it is, and the reader's place
// in it always.
func (v *listView) showDetail() {
	m := v.p.model
	if m.OpenID() == "" {
		v.detail = nil
		v.table.Open(-1)
		v.split.Show(nil)
		return
	}
	next := newDetailView(v.p)
	if old := v.detail; old != nil && old.shown.same(next.shown) {
		if reflect.DeepEqual(old.shown, next.shown) {
			return
		}
		next.scroll.Offset = old.scroll.Offset
	}
	wrong := v.detail != nil && next.shown.unsure != nil && v.detail.shown.unsure == nil
	v.detail = next
	v.split.Show(next.object)
	if wrong {
		v.env.Window.Canvas().Focus(next.receiptEntry)
	}
}
