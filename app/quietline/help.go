package main

import (
	"quietline/assets"
	"quietline/i18n"
	"quietline/internal/guide"
	"quietline/internal/ui/help"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/look"
	"quietline/internal/ui/shell"
)

// help makes the page with the guide.
func (d *desktop) help(e *kit.Env) shell.Entry {
	return shell.Entry{ID: kit.PageHelp, Icon: look.IconHelp, Page: help.New(help.Params{
		Env: e, Read: func() (*guide.Book, error) { return guide.Read(i18n.Guide(), e.Printer) }, Pictures: assets.GuidePictures(),
	})}
}
