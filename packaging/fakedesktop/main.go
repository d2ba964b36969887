//go:build linux

// Command fakedesktop is the part of a desktop that a program with an icon in the
// tray talks to: the tray, the choice between light and dark, and notifications,
// all on the session bus that its environment names. It does what the lines of
// its standard input say and answers each with lines and a last one, "ok":
//
//	items       how many icons are in the tray
//	tip         the title of the first icon
//	menu        the entries of its menu, one a line
//	click TEXT  chooses the entry whose text begins so
//	tap         taps the icon
//	dark, light says that the desktop is so now
//	notes       the notifications shown so far
//	no-tray     takes the tray away
//	close ID    asks the X11 window to close, as its button does
package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	"github.com/godbus/dbus/v5"
)

// The names and interfaces of a desktop.
const (
	watcher  = "org.kde.StatusNotifierWatcher"
	item     = "org.kde.StatusNotifierItem"
	menus    = "com.canonical.dbusmenu"
	portal   = "org.freedesktop.portal.Desktop"
	choices  = "org.freedesktop.portal.Settings"
	noticing = "org.freedesktop.Notifications"
	allProps = "org.freedesktop.DBus.Properties"
	looks    = "org.freedesktop.appearance"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "fakedesktop:", err)
		os.Exit(1)
	}
}

type desktop struct {
	conn *dbus.Conn

	mu    sync.Mutex
	items []place
	notes []string
	dark  bool
}

// place is where an icon is reached.
type place struct {
	service string
	path    dbus.ObjectPath
}

func run() error {
	conn, err := dbus.ConnectSessionBus()
	if err != nil {
		return err
	}
	defer conn.Close() //nolint:errcheck // the process ends
	d := &desktop{conn: conn, dark: true}
	err = errors.Join(
		conn.Export(tray{d}, "/StatusNotifierWatcher", watcher),
		conn.Export(tray{d}, "/StatusNotifierWatcher", allProps),
		conn.Export(settings{d}, "/org/freedesktop/portal/desktop", choices),
		conn.Export(notes{d}, "/org/freedesktop/Notifications", noticing),
	)
	for _, name := range []string{watcher, portal, noticing} {
		if _, rerr := conn.RequestName(name, dbus.NameFlagDoNotQueue); rerr != nil {
			err = errors.Join(err, rerr)
		}
	}
	if err != nil {
		return err
	}
	fmt.Println("ok")
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		if err := d.do(word, rest); err != nil {
			fmt.Println("error:", err)
		}
		fmt.Println("ok")
	}
	return lines.Err()
}

func (d *desktop) do(word, rest string) error {
	switch word {
	case "items":
		d.mu.Lock()
		fmt.Println(len(d.items))
		d.mu.Unlock()
	case "tip":
		return d.tip()
	case "menu":
		return d.menu(func(_ int32, label string) error {
			fmt.Println(label)
			return nil
		})
	case "click":
		return d.menu(func(id int32, label string) error {
			if !strings.HasPrefix(label, rest) {
				return nil
			}
			return d.icon("/menu").Call(menus+".Event", 0, id, "clicked", dbus.MakeVariant(0), uint32(0)).Err
		})
	case "tap":
		return d.icon("").Call(item+".Activate", 0, int32(0), int32(0)).Err
	case "dark", "light":
		d.mu.Lock()
		d.dark = word == "dark"
		d.mu.Unlock()
		return d.conn.Emit("/org/freedesktop/portal/desktop", choices+".SettingChanged", looks, "color-scheme", d.scheme())
	case "notes":
		d.mu.Lock()
		fmt.Print(strings.Join(d.notes, ""))
		d.mu.Unlock()
	case "no-tray":
		_, err := d.conn.ReleaseName(watcher)
		return err
	case "close":
		return closeWindow(rest)
	default:
		return fmt.Errorf("no command %q", word)
	}
	return nil
}

// icon is the first icon of the tray, or its menu.
func (d *desktop) icon(below dbus.ObjectPath) dbus.BusObject {
	d.mu.Lock()
	defer d.mu.Unlock()
	if len(d.items) == 0 {
		return d.conn.Object("none.none", "/")
	}
	return d.conn.Object(d.items[0].service, d.items[0].path+below)
}

func (d *desktop) tip() error {
	var title dbus.Variant
	if err := d.icon("").Call(allProps+".Get", 0, item, "Title").Store(&title); err != nil {
		return err
	}
	fmt.Println(title.Value())
	return nil
}

// layout is an entry of a menu with those below it.
type layout struct {
	ID    int32
	Props map[string]dbus.Variant
	Below []dbus.Variant
}

func (d *desktop) menu(each func(id int32, label string) error) error {
	var revision uint32
	var root layout
	err := d.icon("/menu").Call(menus+".GetLayout", 0, int32(0), int32(-1), []string{}).Store(&revision, &root)
	if err != nil {
		return err
	}
	for _, v := range root.Below {
		var l layout
		if err := dbus.Store([]any{v.Value()}, &l); err != nil {
			return err
		}
		if label, ok := l.Props["label"].Value().(string); ok && label != "" {
			if err := each(l.ID, label); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *desktop) scheme() dbus.Variant {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dark {
		return dbus.MakeVariant(uint32(1))
	}
	return dbus.MakeVariant(uint32(2))
}

// tray answers what an icon asks of the watcher.
type tray struct{ d *desktop }

// RegisterStatusNotifierItem takes an icon.
func (t tray) RegisterStatusNotifierItem(at string, from dbus.Sender) *dbus.Error {
	t.d.mu.Lock()
	defer t.d.mu.Unlock()
	t.d.items = append(t.d.items, place{service: string(from), path: dbus.ObjectPath(at)})
	return nil
}

// Get says that icons are shown.
func (tray) Get(string, string) (dbus.Variant, *dbus.Error) { //nolint:unparam // the bus wants it so
	return dbus.MakeVariant(true), nil
}

// settings answer what a program asks of the portal.
type settings struct{ d *desktop }

// Read gives a setting.
func (s settings) Read(namespace, key string) (dbus.Variant, *dbus.Error) {
	return s.ReadOne(namespace, key)
}

// ReadOne gives a setting.
func (s settings) ReadOne(namespace, key string) (dbus.Variant, *dbus.Error) {
	if namespace != looks || key != "color-scheme" {
		return dbus.Variant{}, dbus.NewError("org.freedesktop.portal.Error.NotFound", nil)
	}
	return s.d.scheme(), nil
}

// notes take notifications.
type notes struct{ d *desktop }

// Notify takes one.
func (n notes) Notify(_ string, _ uint32, _, title, text string, _ []string, _ map[string]dbus.Variant, _ int32) (uint32, *dbus.Error) {
	n.d.mu.Lock()
	defer n.d.mu.Unlock()
	n.d.notes = append(n.d.notes, title+": "+text+"\n")
	return uint32(len(n.d.notes)), nil //nolint:gosec // few
}
