package batch

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/progress"
	"quietline/internal/ui/destination"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// sheetView shows a sheet on its way into a batch: what its columns hold, through
// which channel it goes, its first rows, and what is wrong with all of them.
type sheetView struct {
	p       *Page
	env     *kit.Env
	job     *Job
	choices []*kit.Choice[filing.SheetField]
	notes   []*kit.Text // how sure a column is
	channel *kit.Choice[string]
	columns *fyne.Container
	fault   *fyne.Container
	rows    *fyne.Container
	result  *fyne.Container
	check   *kit.Button
	file    *kit.Button
	halt    func() // ends the watch over the counter
	object  fyne.CanvasObject
	// filling says that widgets are filled from the model, not by the user.
	filling bool
}

func newSheetView(p *Page) *sheetView {
	v := &sheetView{
		p: p, env: p.env, job: p.model.Job(), columns: kit.Stack(1.5), fault: kit.Stack(0), rows: kit.Stack(1.5), result: kit.Stack(1.5),
	}
	e, job := v.env, v.job
	v.check = kit.NewPrimary(e.T("batch.check"), theme.SearchIcon(), p.model.Check)
	v.file = kit.NewPrimary("", theme.MailSendIcon(), v.ask)
	frame := kit.FrameParams{
		Title: e.T("batch.sheet", l10n.Args{"File": job.Name()}), Body: v.body(),
		Actions: []fyne.CanvasObject{kit.NewButton(e.T("batch.back"), theme.NavigateBackIcon(), p.model.CloseJob).On(kit.CommandBack)},
	}
	if job.Busy() {
		frame.Actions = nil
	} else {
		frame.Actions = append(frame.Actions,
			kit.NewButton(e.T("batch.look_again"), theme.ViewRefreshIcon(), p.model.LookAgain), v.check, v.file)
	}
	v.object = kit.Frame(frame)
	v.showLook()
	return v
}

// close ends what goes on while the view is shown.
func (v *sheetView) close() {
	if v.halt != nil {
		v.halt()
	}
}

func (v *sheetView) body() fyne.CanvasObject {
	e, job := v.env, v.job
	switch job.Stage {
	case Looking:
		return kit.Muted(e.T("batch.looking"))
	case Checking:
		return v.running(e.T("batch.checking"))
	case Queueing:
		return v.running(e.T("batch.queueing"))
	case Preparing, Checked:
	}
	if len(job.Fields) == 0 {
		return v.fault
	}
	v.buildColumns()
	return kit.Stack(2.5, v.fault, v.result,
		kit.TitledCard(e.T("batch.where"), "", v.whereTo()),
		kit.TitledCard(e.T("batch.columns"), v.facts(), v.columns),
		kit.TitledCard(e.T("batch.first_rows"), e.T("batch.first_rows.text"), v.rows),
	)
}

// running shows how far reading has come.
func (v *sheetView) running(title string) fyne.CanvasObject {
	e, job := v.env, v.job
	bar := kit.NewProgress(e, kit.ProgressParams{Title: title, OnCancel: v.p.model.Stop, Counts: func(s progress.Snapshot) string {
		text := e.N("batch.read.sound", int(s.Items))
		if s.Failed > 0 {
			text += " · " + e.N("batch.read.rejected", int(s.Failed))
		}
		return text
	}})
	v.halt = e.Jobs.Watch(e.Jobs.Base(), job.Counter, bar.Set)
	text := "batch.checking.text"
	if job.Stage == Queueing {
		text = "batch.queueing.text"
	}
	return kit.Card(bar.Object(), kit.Muted(e.T(text)))
}

// facts say how the file was read.
func (v *sheetView) facts() string {
	head := v.job.Preview.Head
	if head.Encoding == "" {
		return v.env.T("batch.columns.workbook", l10n.Args{"Sheet": head.Sheet})
	}
	return v.env.T("batch.columns.text", l10n.Args{"Encoding": head.Encoding, "Delimiter": v.env.T("batch.delimiter." + delimiter(head.Delimiter))})
}

func delimiter(d string) string {
	switch d {
	case ";", "；":
		return "semicolon"
	case "\t":
		return "tab"
	default:
		return "comma"
	}
}

// whereTo asks for the channel.
func (v *sheetView) whereTo() fyne.CanvasObject {
	e, m := v.env, v.p.model
	v.channel = kit.NewChoice(e.T("batch.channel.choose"), nil, func(name string) {
		if !v.filling {
			m.SetChannel(name)
		}
	})
	v.showChannels()
	anyway := kit.NewCheck(e.T("batch.anyway"), nil)
	anyway.Checked = v.job.Anyway
	anyway.OnChanged = m.SetAnyway
	return kit.Stack(1.5,
		kit.NewField(e, kit.FieldParams{Label: e.T("batch.channel"), Input: v.channel}).Object(),
		kit.Stack(0.5, anyway, kit.Caption(e.T("batch.anyway.text"))))
}

// showChannels fills the choice of channels.
func (v *sheetView) showChannels() {
	if v.channel == nil {
		return
	}
	v.filling = true
	defer func() { v.filling = false }()
	m := v.p.model
	options := make([]kit.Option[string], 0, len(m.Channels()))
	for _, c := range m.Channels() {
		options = append(options, kit.Option[string]{Code: c.Name, Text: destination.Name(v.env, c)})
	}
	v.channel.SetOptions(options)
	if c, ok := m.channelOf(v.job.Channel); ok {
		v.channel.Set(c.Name)
	}
}

// buildColumns makes the choice of what every column holds, with its first
// values, because titles alone may not tell.
func (v *sheetView) buildColumns() {
	e, m := v.env, v.p.model
	options := []kit.Option[filing.SheetField]{{Text: e.T("batch.field.none")}}
	for _, f := range filing.SheetFields() {
		options = append(options, kit.Option[filing.SheetField]{Code: f, Text: fieldName(e, f)})
	}
	for i, c := range v.job.Preview.Head.Columns {
		choice := kit.NewChoice("", options, func(f filing.SheetField) {
			if !v.filling {
				m.SetColumn(i, f)
			}
		})
		note := kit.Caption("")
		v.choices, v.notes = append(v.choices, choice), append(v.notes, note)
		title := c.Title
		if strings.TrimSpace(title) == "" {
			title = e.T("calls.mapping.column", l10n.Args{"N": i + 1})
		}
		v.columns.Add(kit.Columns(2, 26,
			kit.Stack(0.25, kit.Strong(title), kit.Caption(samples(v.job.Preview, i))), kit.Stack(0.5, choice, note)))
	}
}

// fieldName is a field in words, marked where no sheet does without it.
func fieldName(e *kit.Env, f filing.SheetField) string {
	name := e.T("batch.field." + string(f))
	if f.Required() {
		name += " *"
	}
	return name
}

// samplesShown is how many values of a column are shown.
const samplesShown = 3

func samples(p filing.SheetPreview, i int) string {
	var out []string
	for _, r := range p.Rows {
		if i < len(r.Cells) && strings.TrimSpace(r.Cells[i]) != "" && len(out) < samplesShown {
			out = append(out, domain.Clip(strings.TrimSpace(r.Cells[i]), 60))
		}
	}
	return strings.Join(out, " · ")
}

// showLook puts on the screen what the model knows of the sheet now.
func (v *sheetView) showLook() {
	v.filling = true
	for i, c := range v.choices {
		c.Set(v.job.Fields[i])
		v.notes[i].SetText(v.certainty(i))
	}
	v.filling = false
	v.showFault()
	v.showRows()
	v.showResult()
	v.showActions()
	v.columns.Refresh()
}

// certainty says why a column is taken for what it is.
func (v *sheetView) certainty(i int) string {
	columns := v.job.Preview.Head.Columns
	if i >= len(columns) || v.job.Fields[i] == "" || columns[i].Field != v.job.Fields[i] {
		return ""
	}
	return v.env.T("batch.certainty." + string(columns[i].Certainty))
}

// showFault says what keeps the sheet from being checked.
func (v *sheetView) showFault() {
	e, job := v.env, v.job
	v.fault.RemoveAll()
	missing := job.Missing()
	switch {
	case job.Stage == Looking || job.Busy():
	case job.Err != nil && domain.KindOf(job.Err) == domain.Cancelled:
		v.fault.Add(kit.Notice(look.Info, e.T("batch.stopped"), e.T("batch.stopped.hint")))
	case job.Err != nil && domain.KeyOf(job.Err) != "sheet.column_missing":
		v.fault.Add(e.ErrorNotice(job.Err, e.Retry(v.p.model.LookAgain)))
	case len(missing) > 0 && len(job.Fields) > 0:
		names := make([]string, len(missing))
		for i, f := range missing {
			names[i] = e.T("batch.field." + string(f))
		}
		v.fault.Add(kit.Notice(look.Caution, e.T("batch.missing", l10n.Args{"Fields": strings.Join(names, e.T("cli.list_separator"))}), e.T("batch.missing.hint")))
	}
	v.fault.Hidden = len(v.fault.Objects) == 0
	v.fault.Refresh()
}

// showRows lists the first rows with every problem at its field.
func (v *sheetView) showRows() {
	v.rows.RemoveAll()
	for _, r := range v.job.Preview.Rows {
		v.rows.Add(rowView(v.env, v.job, r))
	}
	v.rows.Refresh()
}

// rowView is one row: its line, what it says, and what is wrong with it.
func rowView(e *kit.Env, job *Job, r filing.RowReject) fyne.CanvasObject {
	var words []string
	for _, f := range []filing.SheetField{filing.SheetNumber, filing.SheetCalledAt, filing.SheetCategory, filing.SheetComplainantName} {
		for i, has := range job.Fields {
			if has == f && i < len(r.Cells) && r.Cells[i] != "" {
				words = append(words, domain.Clip(r.Cells[i], 60))
			}
		}
	}
	lines := []fyne.CanvasObject{kit.Body(strings.Join(words, " · "))}
	for _, p := range r.Problems {
		lines = append(lines, kit.NewText(problemText(e, p), kit.TextParams{Color: look.Danger.Text(), Wrap: true}))
	}
	tone := look.Done
	switch {
	case len(r.Problems) > 0:
		tone = look.Danger
	case len(job.Missing()) > 0:
		tone = look.Unknown
	}
	return kit.TopRow(1.5, 2, kit.Icon(tone.Icon(), 1),
		container.NewStack(kit.NewText(e.T("batch.line", l10n.Args{"Line": r.Line}), kit.TextParams{Color: look.ColorSecondary})),
		kit.Stack(0.25, lines...))
}

// problemText says what is wrong at which field.
func problemText(e *kit.Env, p filing.RowProblem) string {
	text := e.Printer.Explain(p.Err()).Message
	if p.Field == "" {
		return text
	}
	return e.T("batch.problem", l10n.Args{"Field": e.T("batch.field." + string(p.Field)), "Problem": text})
}

// remark is a row that cannot be filed, for a list of such rows.
func remark(e *kit.Env, line int, cells []string, problems []filing.RowProblem) kit.Remark {
	words := make([]string, len(problems))
	for i, p := range problems {
		words[i] = problemText(e, p)
	}
	text := make([]string, 0, len(cells))
	for _, c := range cells {
		if c != "" {
			text = append(text, c)
		}
	}
	return kit.Remark{
		Words: e.T("batch.line.problem", l10n.Args{"Line": line, "Problem": strings.Join(words, " ")}),
		Text:  domain.Clip(strings.Join(text, " · "), 200),
	}
}

// showActions offers the next step: to check, or to file what is sound.
func (v *sheetView) showActions() {
	e, job := v.env, v.job
	checked := job.Stage == Checked && job.Report.Rows > 0
	ready := (job.Stage == Preparing || job.Stage == Checked) && len(job.Fields) > 0 && len(job.Missing()) == 0
	if c, ok := v.p.model.channelOf(job.Channel); !ok || c.Name == "" {
		ready = false
	}
	v.check.Hidden, v.file.Hidden = checked, !checked
	enable(v.check, ready)
	enable(v.file, ready && job.Report.Queued > 0)
	v.file.SetText(e.N("batch.file", job.Report.Queued))
	if v.object != nil {
		v.object.Refresh()
	}
}

func enable(b *kit.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}
