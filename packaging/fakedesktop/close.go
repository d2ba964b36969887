//go:build linux

package main

/*
#cgo LDFLAGS: -lX11
#include <X11/Xlib.h>

static int ask_to_close(unsigned long window) {
	Display *d = XOpenDisplay(NULL);
	if (d == NULL) return 0;
	XEvent e = {0};
	e.xclient.type = ClientMessage;
	e.xclient.window = window;
	e.xclient.message_type = XInternAtom(d, "WM_PROTOCOLS", False);
	e.xclient.format = 32;
	e.xclient.data.l[0] = XInternAtom(d, "WM_DELETE_WINDOW", False);
	int sent = XSendEvent(d, window, False, NoEventMask, &e);
	XCloseDisplay(d);
	return sent;
}
*/
import "C"

import (
	"errors"
	"strconv"
)

// closeWindow asks a window to close, as a window manager does; xdotool can only
// destroy one.
func closeWindow(id string) error {
	n, err := strconv.ParseUint(id, 0, 64)
	if err == nil && C.ask_to_close(C.ulong(n)) == 0 {
		err = errors.New("the window is not there")
	}
	return err
}
