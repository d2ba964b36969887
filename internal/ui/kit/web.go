package kit

import (
	"context"
	"net/url"

	"fyne.io/fyne/v2"

	"quietline/internal/domain"
)

// WebAddress says whether a text is the address of a page that a browser opens.
func WebAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != ""
}

// OpenWeb opens a page in the browser of the system; what is no address of a page
// is not opened.
func OpenWeb(e *Env, address string) {
	u, err := url.Parse(address)
	if err != nil || !WebAddress(address) {
		return
	}
	app := fyne.CurrentApp()
	e.Try(e.Jobs.Base(), func(context.Context) error {
		if err := app.OpenURL(u); err != nil {
			return domain.E("kit.OpenWeb", domain.Unavailable, "kit.web_unopenable", domain.Args{"URL": address}, err)
		}
		return nil
	}, nil)
}
