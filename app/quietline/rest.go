package main

import (
	"time"

	"github.com/go-gl/glfw/v3.4/glfw"

	"quietline/internal/platform"
	"quietline/internal/ui/kit"
)

// resting is how the window sleeps: in glfw, under the toolkit's loop, which itself
// only ever asks it whether there is input.
func resting() *kit.Rest {
	return &kit.Rest{
		Wait:  func(d time.Duration) { glfw.WaitEventsTimeout(d.Seconds()) },
		Wake:  wake,
		After: func(d time.Duration, f func()) { time.AfterFunc(d, f) },
		Clock: platform.Clock{},
	}
}

func wake() {
	// glfw panics where it has ended since.
	defer func() { _ = recover() }()
	glfw.PostEmptyEvent()
}
