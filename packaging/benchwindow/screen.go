//go:build linux

package main

/*
#cgo LDFLAGS: -lX11
#include <X11/Xlib.h>
#include <X11/Xutil.h>

// colours counts the different colours in the middle of the screen, at most
// `most`, and gives the first one.
static int colours(Display *d, int most, unsigned long *first) {
	unsigned long seen[256];
	int w = DisplayWidth(d, DefaultScreen(d)), h = DisplayHeight(d, DefaultScreen(d)), n = 0;
	XImage *i = XGetImage(d, DefaultRootWindow(d), w / 4, h / 4, w / 2, h / 2, AllPlanes, ZPixmap);
	if (i == NULL) return 0;
	for (int y = 0; y < i->height && n < most; y++)
		for (int x = 0; x < i->width && n < most; x++) {
			unsigned long p = XGetPixel(i, x, y) & 0xffffff;
			int k = 0;
			while (k < n && seen[k] != p) k++;
			if (k == n) seen[n++] = p;
		}
	*first = n > 0 ? seen[0] : 0;
	XDestroyImage(i);
	return n;
}
*/
import "C"

import "errors"

// screen is the display that the environment names.
type screen struct{ display *C.Display }

func openScreen() (screen, error) {
	d := C.XOpenDisplay(nil)
	if d == nil {
		return screen{}, errors.New("there is no display")
	}
	return screen{d}, nil
}

func (s screen) close() { C.XCloseDisplay(s.display) }

// colours gives the first colour in the middle of the screen, and how many there
// are, at most enough.
func (s screen) colours() (first uint64, n int) {
	var p C.ulong
	n = int(C.colours(s.display, enough, &p))
	return uint64(p), n
}
