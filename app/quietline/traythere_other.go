//go:build !linux && !freebsd && !openbsd && !netbsd

package main

import (
	"encoding/binary"
	"runtime"
)

// trayPossible says whether there is a tray; these systems have one.
func trayPossible(func(string) string) bool { return true }

// trayShown says whether it shows icons now.
func trayShown() bool { return true }

// forTray gives a PNG as the tray wants it: on Windows within an .ico file.
func forTray(png []byte) []byte {
	if runtime.GOOS != "windows" {
		return png
	}
	head := []byte{0, 0, 1, 0, 1, 0, traySize, traySize, 0, 0, 1, 0, 32, 0}
	head = binary.LittleEndian.AppendUint32(head, uint32(len(png))) //nolint:gosec // a small picture
	head = binary.LittleEndian.AppendUint32(head, uint32(len(head)+4))
	return append(head, png...)
}

// trayTitle does nothing: macOS would write it beside the icon.
func trayTitle(string) {}
