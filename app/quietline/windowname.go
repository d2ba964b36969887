package main

import "os"

// nameWindows gives the windows the name by which a desktop finds the menu entry
// they belong to, and with it icon and group. On X11 the toolkit (GLFW 3.4) takes the
// name from this variable, or else from the title, which has another language
// for every user. On Wayland it takes the ID of the application.
func nameWindows(id string) { _ = os.Setenv("RESOURCE_NAME", id) }
