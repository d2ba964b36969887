package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	pointer "fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"

	"quietline/internal/l10n"
	"quietline/internal/settings"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// move is one kind of step; a heavy one comes often.
type move struct {
	name   string
	weight int
	do     func(*monkey)
}

func moves() []move {
	return []move{
		{"tap", 60, func(m *monkey) { m.click(pointer.MouseButtonPrimary, 1) }},
		{"double tap", 4, func(m *monkey) { m.click(pointer.MouseButtonPrimary, 2) }},
		{"secondary tap", 5, func(m *monkey) { m.click(pointer.MouseButtonSecondary, 1) }},
		{"type", 20, (*monkey).typeText},
		{"fill in", 6, (*monkey).fillIn},
		{"key", 22, (*monkey).key},
		{"shortcut", 12, (*monkey).shortcut},
		{"page", 8, (*monkey).page},
		{"drag", 3, (*monkey).drag},
		{"scroll", 8, (*monkey).scroll},
		{"hover", 4, func(m *monkey) { test.MoveMouse(m.Window.Canvas(), m.anywhere()) }},
		{"resize", 3, (*monkey).resize},
		{"look", 4, (*monkey).relook},
		{"drop", 4, (*monkey).drop},
		{"open", 2, (*monkey).openFile},
		{"elsewhere", 4, (*monkey).elsewhere},
		{"tray", 1, func(m *monkey) { m.host.fromTray(trayDeed(m.r.IntN(int(trayQuit)))) }},
		{"quit", 1, func(m *monkey) { m.win.press() }},
		{"pause", 2, func(m *monkey) { time.Sleep(time.Duration(m.r.IntN(400)) * time.Millisecond) }},
	}
}

func (m *monkey) pick() move {
	all, sum := moves(), 0
	for _, mv := range all {
		sum += mv.weight
	}
	n := m.r.IntN(sum)
	for _, mv := range all {
		if n -= mv.weight; n < 0 {
			return mv
		}
	}
	return all[0]
}

func one[T any](m *monkey, from []T) T { return from[m.r.IntN(len(from))] }

// targets are the things of the window, or of the dialog over it, that do
// something, outermost first.
func (m *monkey) targets() []uitest.Seen {
	var out []uitest.Seen
	top := m.Window.Canvas().Overlays().Top()
	m.Walk(func(s uitest.Seen) {
		if s.Object == top {
			out = nil
		}
		switch s.Object.(type) {
		case fyne.Tappable, fyne.SecondaryTappable, fyne.DoubleTappable, fyne.Focusable, pointer.Mouseable:
			if _, size := seenPart(s); size.Width >= 1 && size.Height >= 1 {
				out = append(out, s)
			}
		}
	})
	if files := m.chooser(); files != nil {
		out = slices.DeleteFunc(out, func(s uitest.Seen) bool { return !files(s) })
	}
	return out
}

// seenPart is the part of a thing that is not scrolled out of sight.
func seenPart(s uitest.Seen) (pos fyne.Position, size fyne.Size) {
	end, clip := s.Pos.Add(s.Object.Size()), s.ClipPos.Add(s.ClipSize)
	pos = fyne.NewPos(max(s.Pos.X, s.ClipPos.X), max(s.Pos.Y, s.ClipPos.Y))
	return pos, fyne.NewSize(min(end.X, clip.X)-pos.X, min(end.Y, clip.Y)-pos.Y)
}

// chooser says what may be touched of the toolkit's dialog for files, nil where
// there is none: what leads out of the monkey's own folder is not.
func (m *monkey) chooser() func(uitest.Seen) bool {
	there, first := false, float32(1e6)
	m.Walk(func(s uitest.Seen) {
		if strings.HasPrefix(fmt.Sprintf("%T", s.Object), "*dialog.fileDialogItem") {
			there, first = true, min(first, s.Pos.Y)
		}
	})
	if !there {
		return nil
	}
	size := m.Window.Canvas().Size()
	return func(s uitest.Seen) bool {
		kind := fmt.Sprintf("%T", s.Object)
		return strings.HasSuffix(kind, ".listItem") && s.Pos.Y > first+s.Object.Size().Height/2 && s.Pos.X > size.Width/4 ||
			kind == "*widget.Button" && s.Pos.Y > size.Height/2
	}
}

// click clicks as the toolkit's driver does: on a random place of a random
// thing, whatever lies on top there.
func (m *monkey) click(button pointer.MouseButton, times int) {
	all := m.targets()
	if len(all) == 0 {
		return
	}
	pos, size := seenPart(one(m, all))
	at := pos.AddXY(size.Width*m.r.Float32(), size.Height*m.r.Float32())
	var hit uitest.Seen
	for _, s := range all {
		if p, z := seenPart(s); at.X >= p.X && at.Y >= p.Y && at.X < p.X+z.Width && at.Y < p.Y+z.Height {
			hit = s
		}
	}
	if hit.Object == nil {
		return
	}
	m.note("   %T%s at %v of %v", hit.Object, words(hit.Object), at, m.Window.Canvas().Size())
	test.MoveMouse(m.Window.Canvas(), at)
	ev := &fyne.PointEvent{AbsolutePosition: at, Position: at.Subtract(hit.Pos)}
	m.press(hit.Object, button, ev)
	m.tapped(hit.Object, button, times, ev)
}

// press is what the driver does before a tap.
func (m *monkey) press(o fyne.CanvasObject, button pointer.MouseButton, ev *fyne.PointEvent) {
	mouse, ok := o.(pointer.Mouseable)
	if ok {
		mouse.MouseDown(&pointer.MouseEvent{PointEvent: *ev, Button: button})
	}
	c := m.Window.Canvas()
	if f, focusable := o.(fyne.Focusable); !focusable || f != c.Focused() {
		c.Unfocus()
	}
	if ok {
		mouse.MouseUp(&pointer.MouseEvent{PointEvent: *ev, Button: button})
	}
}

func (m *monkey) tapped(o fyne.CanvasObject, button pointer.MouseButton, times int, ev *fyne.PointEvent) {
	if button == pointer.MouseButtonSecondary {
		if s, ok := o.(fyne.SecondaryTappable); ok {
			s.TappedSecondary(ev)
		}
		return
	}
	if d, ok := o.(fyne.DoubleTappable); ok && times == 2 {
		d.DoubleTapped(ev)
		return
	}
	for range times { // what the first does away with may get the second, as from an impatient user
		if t, ok := o.(fyne.Tappable); ok {
			t.Tapped(ev)
		}
	}
}

// words are what is written on a button or field, for the story.
func words(o fyne.CanvasObject) string {
	switch o := o.(type) {
	case *kit.Button:
		return fmt.Sprintf(" %q", o.Text)
	case *kit.Entry:
		return fmt.Sprintf(" of %q", o.PlaceHolder)
	}
	return ""
}

func (m *monkey) anywhere() fyne.Position {
	size := m.Window.Canvas().Size()
	return fyne.NewPos(size.Width*m.r.Float32(), size.Height*m.r.Float32())
}

func (m *monkey) key() {
	names := []fyne.KeyName{
		fyne.KeyTab, fyne.KeyTab, fyne.KeyReturn, fyne.KeyReturn, fyne.KeyEscape, fyne.KeyEscape, fyne.KeySpace, fyne.KeyUp,
		fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight, fyne.KeyPageDown, fyne.KeyPageUp, fyne.KeyHome, fyne.KeyEnd, fyne.KeyDelete,
		fyne.KeyBackspace, fyne.KeyF1, fyne.KeyEnter, fyne.KeyF5, fyne.KeyInsert, pointer.KeyMenu,
	}
	name := one(m, names)
	if m.chooser() != nil {
		name = fyne.KeyEscape
	}
	m.note("   %s", name)
	c := m.Window.Canvas()
	switch {
	case name == fyne.KeyTab && m.r.IntN(3) == 0:
		c.FocusPrevious()
	case name == fyne.KeyTab:
		if t, ok := c.Focused().(fyne.Tabbable); !ok || !t.AcceptsTab() {
			c.FocusNext()
			return
		}
		m.Key(name)
	default:
		m.Key(name)
	}
}

func (m *monkey) shortcut() {
	if m.chooser() != nil {
		return
	}
	var all []fyne.Shortcut
	for _, line := range kit.Shortcuts() {
		all = append(all, line.Takes...)
	}
	clip := m.App.Clipboard()
	all = append(all, &fyne.ShortcutCopy{Clipboard: clip}, &fyne.ShortcutCut{Clipboard: clip}, &fyne.ShortcutSelectAll{},
		&fyne.ShortcutPaste{Clipboard: clip}, &fyne.ShortcutRedo{})
	s := one(m, all)
	m.note("   %s", s.ShortcutName())
	if f, ok := m.Window.Canvas().Focused().(fyne.Shortcutable); ok {
		f.TypedShortcut(s)
		return
	}
	m.TypeShortcut(s)
}

// page goes to a page as Ctrl and a digit do.
func (m *monkey) page() {
	m.Shortcut(fyne.KeyName(rune('1'+m.r.IntN(8))), fyne.KeyModifierShortcutDefault)
}

func (m *monkey) drag() {
	at, d := m.anywhere(), m.anywhere()
	test.Drag(m.Window.Canvas(), at, d.X-at.X, d.Y-at.Y)
}

func (m *monkey) scroll() {
	test.Scroll(m.Window.Canvas(), m.anywhere(), float32(m.r.IntN(3)-1)*40, float32(m.r.IntN(2000)-1200))
}

// resize gives the window a size from that of a small screen to that of a large
// one; the toolkit does not let it become smaller than what it holds.
func (m *monkey) resize() {
	size := fyne.NewSize(float32(700+m.r.IntN(1300)), float32(480+m.r.IntN(800)))
	m.Options.Size = size.Max(m.Window.Canvas().Content().MinSize())
	m.Window.Resize(m.Options.Size)
}

// relook chooses how the window looks, as the Settings page does: nobody gets at it
// from a dialog, and labels of the toolkit's own dialog for files cannot stand in
// larger text (fyne 2.8, RichText.updateRowBounds).
func (m *monkey) relook() {
	if m.host.desk == nil || kit.Dialogs(m.Window.Canvas()) {
		return
	}
	now := m.host.desk.shell.Settings()
	switch m.r.IntN(4) {
	case 0:
		now.Language = one(m, l10n.Languages())
	case 1:
		now.TextSize = one(m, settings.TextSizes())
	case 2:
		now.Theme = one(m, settings.Themes())
	default:
		now.Simple = one(m, settings.Switches())
	}
	m.note("   %+v", now)
	m.host.desk.shell.Apply(now)
}

// drop drops files onto the window.
func (m *monkey) drop() {
	if m.host.desk == nil {
		return
	}
	var uris []fyne.URI
	for range 1 + m.r.IntN(3) {
		path := one(m, m.files)
		m.note("   %s", path)
		uris = append(uris, storage.NewFileURI(path))
	}
	m.host.desk.shell.Dropped(uris)
}

// openFile has the desktop open a file with the program.
func (m *monkey) openFile() {
	path := one(m, m.files)
	m.note("   %s", path)
	m.host.raised([]string{path})
}

// typeText types into what has the keyboard.
func (m *monkey) typeText() {
	if m.chooser() != nil {
		return
	}
	f := m.Window.Canvas().Focused()
	if f == nil {
		if fields := uitest.All[*kit.Entry](m.Harness); len(fields) > 0 && m.Window.Canvas().Overlays().Top() == nil {
			m.Window.Canvas().Focus(one(m, fields))
		}
	}
	m.typeInto(m.text())
}

func (m *monkey) typeInto(text string) {
	m.note("   %.60q", text)
	for _, r := range text {
		f := m.Window.Canvas().Focused()
		if f == nil {
			return
		}
		f.TypedRune(r)
		if r == '\n' {
			f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		}
	}
}

// fillIn goes through what can be filled in, as somebody does who wants to come
// to the end of a form.
func (m *monkey) fillIn() {
	if m.chooser() != nil {
		return
	}
	c := m.Window.Canvas()
	for range 4 {
		if e, ok := c.Focused().(*kit.Entry); ok && !e.Disabled() {
			e.TypedShortcut(&fyne.ShortcutSelectAll{})
			m.typeInto(one(m, sensible()))
		}
		c.FocusNext()
	}
}

// litter makes files of many kinds, and gives their paths.
func (m *monkey) litter() []string {
	write := func(name, data string) string {
		path := m.home + string(os.PathSeparator) + name
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			m.t.Fatal(err)
		}
		return path
	}
	folder := m.home + string(os.PathSeparator) + "folder.csv"
	if err := os.Mkdir(folder, 0o700); err != nil {
		m.t.Fatal(err)
	}
	return []string{
		folder,
		write("calls.csv", someCalls), write("contacts.vcf", someCards), write("sheet.csv", someSheet), write("note.txt", someText),
		write("empty.csv", ""), write("empty.xlsx", ""), write("cut.xlsx", "PK\x03\x04\x14\x00"), write("cut.xml", "<calls count=\"2\"><call number=\"1"),
		write("noise.csv", strings.Repeat("\xff\x00,;\"\n\x1b", 400)), write("noise.vcf", "BEGIN:VCARD\nTEL:"+strings.Repeat("9", 5000)),
		write("noise.png", "\x89PNG\r\n\x1a\n"+strings.Repeat("\x00", 99)), write("wide.csv", strings.Repeat("时间,号码,", 3000)+"\n"),
		write("backup.tar", "no archive"), write("many.csv", manyCalls(m.r.IntN(9))), m.home + "/gone.csv",
	}
}
