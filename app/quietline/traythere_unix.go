//go:build linux || freebsd || openbsd || netbsd

package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"fyne.io/systray"
	"github.com/godbus/dbus/v5"
)

// trayWait bounds how long the desktop is asked; on some it never answers.
const trayWait = 300 * time.Millisecond

// trayPossible says whether there is a session bus, over which the tray is
// reached. Without this look the library would start one.
func trayPossible(env func(string) string) bool {
	if env("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	dir := env("XDG_RUNTIME_DIR")
	if dir == "" {
		return false
	}
	_, err := os.Stat(filepath.Join(dir, "bus"))
	return err == nil
}

// trayShown says whether a desktop shows icons now: GNOME without its extension
// does not, and who hid a window there would not get it back.
func trayShown() bool {
	const watcher = "org.kde.StatusNotifierWatcher"
	conn, err := dbus.SessionBus() // shared with the toolkit, not to be closed
	if err != nil {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), trayWait)
	defer cancel()
	var owned bool
	err = conn.BusObject().CallWithContext(ctx, "org.freedesktop.DBus.NameHasOwner", 0, watcher).Store(&owned)
	if err != nil || !owned {
		return false
	}
	var host dbus.Variant
	err = conn.Object(watcher, "/StatusNotifierWatcher").
		CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, watcher, "IsStatusNotifierHostRegistered").Store(&host)
	shown, ok := host.Value().(bool)
	return err == nil && ok && shown
}

// forTray gives a PNG as the tray wants it.
func forTray(png []byte) []byte { return png }

// trayTitle names the icon, for trays that show no tip and for screen readers.
func trayTitle(text string) { systray.SetTitle(text) }
