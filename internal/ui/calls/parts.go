package calls

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/ui/kit"
)

// part is one of the ways to look at the calls.
type part string

// The parts in the order of the page.
const (
	partList   part = "list"
	partAlerts part = "alerts"
	partStats  part = "stats"
)

// parts are those that there are: a page made without the others is a list.
func (p *Page) parts() []part {
	out := []part{partList}
	if p.p.Alerts != nil {
		out = append(out, partAlerts)
	}
	if p.p.Stats != nil {
		out = append(out, partStats)
	}
	return out
}

// of is what makes a part, nil for the list.
func (p *Page) of(x part) kit.Part {
	switch x {
	case partAlerts:
		return p.p.Alerts
	case partStats:
		return p.p.Stats
	case partList:
	}
	return nil
}

// frame puts the parts under the title and what can always be done.
func (p *Page) frame() fyne.CanvasObject {
	body := p.list.object
	p.place, p.segments = nil, nil
	if all := p.parts(); len(all) > 1 {
		var options []kit.Option[part]
		for _, x := range all {
			options = append(options, kit.Option[part]{Code: x, Text: p.env.T("calls.part." + string(x))})
		}
		p.segments = kit.NewSegments(options, p.part, p.turnTo)
		p.place = container.NewStack()
		p.fill()
		body = kit.Under(1.5, p.segments.Object(), p.place)
	}
	return kit.Frame(kit.FrameParams{
		Title: p.env.T("calls.title"), Fixed: true,
		Actions: []fyne.CanvasObject{
			kit.NewButton(p.env.T("calls.log"), theme.ContentAddIcon(), func() { p.model.OpenLog("") }).On(kit.CommandNew),
			kit.NewPrimary(p.env.T("calls.import"), theme.FolderOpenIcon(), p.importer.choose).On(kit.CommandImport),
		},
		Body: body,
	})
}

// fill shows the part that was turned to.
func (p *Page) fill() {
	if p.place == nil {
		return
	}
	object := p.list.object
	if x := p.of(p.part); x != nil {
		object = x.Content()
	}
	p.place.Objects = []fyne.CanvasObject{object}
	p.place.Refresh()
}

// turnTo shows another part.
func (p *Page) turnTo(x part) {
	if x == p.part {
		return
	}
	p.leavePart()
	p.part = x
	if p.segments != nil {
		p.segments.Set(x)
	}
	p.fill()
	p.enterPart()
}

func (p *Page) enterPart() {
	if x := p.of(p.part); x != nil && p.ctx != nil {
		x.Enter(p.ctx)
	}
}

func (p *Page) leavePart() {
	if x := p.of(p.part); x != nil {
		x.Leave()
	}
}
