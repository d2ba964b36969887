//go:build !linux

package main

// systemSilent is for Linux: the other systems always tell.
func systemSilent() bool { return false }
