package endpoint

import (
	"errors"
	"path/filepath"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"quietline/internal/domain"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
)

// step builds the step of the moment.
func (p *Page) step() kit.StepParams {
	e := p.env
	p.form = nil
	away := kit.NewQuiet(e.T("endpoint.away"), theme.CancelIcon(), p.leave)
	s := kit.StepParams{
		At: p.m.At(), Of: len(p.m.Steps()),
		Title: e.T("endpoint." + string(p.m.Step) + ".title"), Text: e.T("endpoint." + string(p.m.Step) + ".text"),
		Away: away,
	}
	if p.m.Kind == "" {
		s.Of = 0 // nobody knows yet
	}
	if p.m.At() <= 1 {
		away.On(kit.CommandBack)
	} else {
		back := kit.NewButton(e.T("kit.back"), theme.NavigateBackIcon(), p.back).On(kit.CommandBack)
		if p.m.Busy {
			back.Disable()
		}
		s.Back = back
	}
	switch p.m.Step {
	case StepKind:
		p.askKind(&s)
	case StepAddress:
		p.askAddress(&s)
	case StepToken:
		p.askToken(&s)
	case StepService:
		p.askService(&s)
	case StepTest:
		p.showTest(&s)
	case StepName:
		p.askName(&s)
	}
	return s
}

// next is the main button of a step.
func (p *Page) next(do func()) *kit.Button {
	b := kit.NewPrimary(p.env.T("kit.next"), theme.NavigateNextIcon(), do)
	if !p.m.MayGoOn() || p.m.Busy {
		b.Disable()
	}
	return b
}

func (p *Page) askKind(s *kit.StepParams) {
	e := p.env
	var picks []kit.Pick[domain.ChannelKind]
	for _, k := range p.m.Kinds() {
		key := "endpoint.kind." + string(k)
		picks = append(picks, kit.Pick[domain.ChannelKind]{Code: k, Title: e.T(key), Text: e.T(key + ".text")})
	}
	next := p.next(func() { p.turn(p.m.GoOn) })
	choice := kit.NewPicks(picks, p.m.Kind, func(k domain.ChannelKind) {
		p.m.Kind = k
		p.steps.Show() // how many steps there are; the keyboard goes on
	})
	s.Body, s.Onward, s.Focus = choice.Object(), []fyne.CanvasObject{next}, pressable(next)
	if s.Focus == nil {
		s.Focus = choice.First()
	}
}

// pressable gives the button as where the keyboard goes, where it can be pressed.
func pressable(b *kit.Button) fyne.Focusable {
	if b.Disabled() {
		return nil
	}
	return b
}

// entry is a field whose text the model keeps.
func entry(e *kit.Entry, text *string) *kit.Entry {
	e.SetText(*text)
	e.OnChanged = func(s string) { *text = s }
	return e
}

func (p *Page) askAddress(s *kit.StepParams) {
	e := p.env
	url := entry(kit.NewEntry("https://"), &p.m.URL)
	fields := []*kit.Field{kit.NewField(e, kit.FieldParams{
		Label: e.T("prefs.channel.url"), Help: e.T("prefs.channel.url.help"), Required: true, Pointer: "/url", Input: url,
		Beside: kit.PasteInto(e, url, nil),
	})}
	if p.m.Kind == domain.ChannelOpen311 {
		fields = append(fields, kit.NewField(e, kit.FieldParams{
			Label: e.T("prefs.channel.jurisdiction"), Help: e.T("prefs.channel.jurisdiction.help"), Pointer: "/jurisdiction",
			Input: entry(kit.NewEntry(""), &p.m.Jurisdiction),
		}))
	}
	fields = append(fields, p.certificate())
	p.form = kit.NewForm(e, fields...)
	s.Body, s.Focus = p.form.Object(), url
	s.Onward = []fyne.CanvasObject{p.next(p.checked)}
}

// certificateEndings are those of the names of certificate files.
func certificateEndings() []string { return []string{".pem", ".crt", ".cer"} }

// certificate is the field of the authority's file, which few endpoints need.
func (p *Page) certificate() *kit.Field {
	e := p.env
	choose := kit.NewButton(e.T("endpoint.ca.choose"), theme.FolderOpenIcon(), func() {
		p.choose(e, e.T("prefs.channel.ca"), certificateEndings(), func(path string) {
			p.m.CAFile = path
			p.steps.Fill()
		})
	})
	content := kit.Flow(1, choose)
	if p.m.CAFile != "" {
		content = kit.Stack(1, kit.Strong(filepath.Base(p.m.CAFile)), kit.Flow(1, choose,
			kit.NewQuiet(e.T("endpoint.ca.remove"), theme.ContentRemoveIcon(), func() {
				p.m.CAFile = ""
				p.steps.Fill()
			})))
	}
	return kit.NewField(e, kit.FieldParams{
		Label: e.T("prefs.channel.ca"), Help: e.T("prefs.channel.ca.help"), Pointer: "/ca_file", Input: content, Focus: choose,
	})
}

func (p *Page) askToken(s *kit.StepParams) {
	e := p.env
	label, text, pointer := "prefs.channel.token", &p.m.Token, "/token"
	if p.m.Kind == domain.ChannelOpen311 {
		label, text, pointer = "prefs.channel.key", &p.m.Key, atKey
		s.Title, s.Text = e.T("endpoint.key.title"), e.T("endpoint.key.text")
	}
	token := entry(kit.NewSecret(""), text)
	p.form = kit.NewForm(e, kit.NewField(e, kit.FieldParams{
		Label: e.T(label), Pointer: pointer, Input: token, Beside: kit.PasteInto(e, token, nil),
	}))
	p.where = kit.Stack(0)
	p.showWhere()
	s.Body, s.Focus = kit.Stack(2, p.form.Object(), p.where), token
	s.Onward = []fyne.CanvasObject{p.next(p.checked)}
}

// showWhere says where the token will lie, once that is known.
func (p *Page) showWhere() {
	e, only := p.env, p.m.FileOnly
	if p.where == nil || only == nil {
		return
	}
	where := kit.Notice(look.Info, e.T("endpoint.token.keyring"), "")
	if *only {
		where = kit.Notice(look.Caution, e.T("endpoint.token.file"), e.T("endpoint.token.file.hint"))
	}
	p.where.Objects = []fyne.CanvasObject{where}
	p.steps.Refresh()
}

func (p *Page) askService(s *kit.StepParams) {
	e := p.env
	list, read := p.m.Services()
	next := p.next(func() { p.turn(p.m.GoOn) })
	ask := kit.NewPrimary(e.T("prefs.channel.service.read"), theme.DownloadIcon(), p.read)
	switch {
	case p.m.Busy:
		s.Body, s.Onward = p.asking(), []fyne.CanvasObject{p.stop()}
	case p.failure != nil:
		s.Body, s.Onward, s.Focus = p.fault(p.failure), []fyne.CanvasObject{ask}, ask
	case !read:
		s.Body, s.Onward, s.Focus = kit.Muted(e.T("endpoint.service.unread")), []fyne.CanvasObject{ask}, ask
	default:
		var picks []kit.Pick[string]
		for _, x := range list {
			title := e.T("prefs.channel.service.option", map[string]any{"Name": x.Name, "Code": x.Code})
			picks = append(picks, kit.Pick[string]{Code: x.Code, Title: title, Text: e.T("prefs.channel.service.type." + string(x.Type))})
		}
		s.Body = kit.NewPicks(picks, p.m.Service, func(code string) {
			p.m.Service = code
			p.steps.Show()
		}).Object()
		again := kit.NewButton(e.T("endpoint.service.again"), theme.ViewRefreshIcon(), p.read)
		s.Onward, s.Focus = []fyne.CanvasObject{again, next}, pressable(next)
	}
}

func (p *Page) askName(s *kit.StepParams) {
	e := p.env
	name := entry(kit.NewEntry(e.T("prefs.channel.name.example")), &p.m.Name)
	p.form = kit.NewForm(e, kit.NewField(e, kit.FieldParams{
		Label: e.T("prefs.channel.name"), Help: e.T("prefs.channel.name.help"), Required: true, Pointer: "/name", Input: name,
	}))
	body := []fyne.CanvasObject{p.form.Object()}
	switch {
	case p.m.Kind == domain.ChannelAssisted:
		body = append(body, kit.Notice(look.Info, e.T("prefs.channel.by_hand"), e.T("complaints.by_hand.text")))
	case !p.m.Passed():
		body = append(body, kit.Notice(look.Caution, e.T("endpoint.untested"), e.T("endpoint.untested.hint")))
	case p.m.Result().Capabilities.Practice:
		body = append(body, kit.Notice(look.Caution, e.T("endpoint.practice"), e.T("endpoint.practice.hint")))
	}
	if p.m.Becomes {
		body = append(body, kit.Body(e.T("endpoint.becomes")))
	}
	s.Body, s.Focus = kit.Stack(2, body...), name
	add := kit.NewPrimary(e.T("endpoint.add"), theme.ConfirmIcon(), p.add)
	if p.m.Busy {
		add.Disable()
	}
	s.Onward = []fyne.CanvasObject{add}
}

// atKey is where problems with the key of an Open311 server appear: to filing it is
// the token.
const atKey = "/api_key"

// atFields gives an error with its problems at the fields that the user sees.
func atFields(kind domain.ChannelKind, err error) error {
	var list domain.Problems
	if kind == domain.ChannelOpen311 && errors.As(err, &list) {
		list = slices.Clone(list)
		for i, x := range list {
			if x.Field == "/token" {
				list[i] = x.At(atKey)
			}
		}
		return list
	}
	return err
}
