package main

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"sync"

	"fyne.io/systray"
	scale "golang.org/x/image/draw"

	"quietline/internal/ui/kit"
	"quietline/internal/ui/tray"
)

// trayDeed is an entry of the icon's menu.
type trayDeed int

// The deeds in the order of the menu.
const (
	trayAlerts trayDeed = iota
	trayWaiting
	trayShow
	trayWatch
	trayQuit
)

// trayIcon is the icon in the tray of the desktop. The toolkit has one too, on
// the same library, but whenever a word changes it makes the whole menu anew and
// leaves a goroutine behind for each of its entries, and it comes before the
// window or not at all (fyne 2.8, internal/driver/glfw/driver_desktop.go).
type trayIcon struct {
	picture  []byte
	dispatch kit.Dispatch
	do       func(trayDeed)
	end      func() // nil before the icon was made

	mu    sync.Mutex
	texts tray.Texts
	items []*systray.MenuItem // by deed
}

// start makes the icon, once. It is called on the goroutine of the event loop.
func (t *trayIcon) start() {
	if t.there() {
		return
	}
	begin, end := systray.RunWithExternalLoop(t.build, nil)
	t.end = end
	trayTitle(appID) // until there are words; some trays fail without one
	begin()
}

// there says whether the icon was made; a nil one was not.
func (t *trayIcon) there() bool { return t != nil && t.end != nil }

// close takes the icon away when the event loop has ended.
func (t *trayIcon) close() {
	if t.there() {
		t.end()
	}
}

// build makes the icon and its menu. The library calls it on a goroutine of its own.
func (t *trayIcon) build() {
	if picture, err := smaller(t.picture); err == nil {
		systray.SetIcon(forTray(picture))
	}
	systray.SetOnTapped(func() { t.chosen(trayShow) })
	t.mu.Lock()
	defer t.mu.Unlock()
	for deed := trayAlerts; deed <= trayQuit; deed++ {
		if deed == trayShow || deed == trayQuit {
			systray.AddSeparator()
		}
		item := systray.AddMenuItem("", "")
		t.items = append(t.items, item)
		go func() {
			for range item.ClickedCh {
				t.chosen(deed)
			}
		}()
	}
	t.write()
}

func (t *trayIcon) chosen(deed trayDeed) { t.dispatch(func() { t.do(deed) }) }

// put gives the icon its words.
func (t *trayIcon) put(texts tray.Texts) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.texts = texts
	t.write()
}

func (t *trayIcon) write() {
	if t.items == nil {
		return
	}
	trayTitle(t.texts.Tip)
	systray.SetTooltip(t.texts.Tip)
	for deed, text := range []string{t.texts.Alerts, t.texts.Waiting, t.texts.Show, t.texts.Watch, t.texts.Quit} {
		t.items[deed].SetTitle(text)
	}
}

// traySize is how large a picture the tray is given, in pixels: it draws it at
// 16 to 48.
const traySize = 64

// smaller makes a picture that fits the tray.
func smaller(picture []byte) ([]byte, error) {
	from, _, err := image.Decode(bytes.NewReader(picture))
	if err != nil {
		return nil, err
	}
	to := image.NewNRGBA(image.Rect(0, 0, traySize, traySize))
	scale.CatmullRom.Scale(to, to.Bounds(), from, from.Bounds(), draw.Src, nil)
	var out bytes.Buffer
	err = png.Encode(&out, to)
	return out.Bytes(), err
}
