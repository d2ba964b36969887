package main

import "golang.org/x/sys/windows"

// tellUser shows a text in a box of the system, because a program with a
// window has no terminal on Windows.
func tellUser(title, text string) {
	t, err1 := windows.UTF16PtrFromString(title)
	b, err2 := windows.UTF16PtrFromString(text)
	if err1 == nil && err2 == nil {
		_, _ = windows.MessageBox(0, b, t, windows.MB_OK|windows.MB_ICONWARNING)
	}
}
