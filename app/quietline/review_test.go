package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/folders"
	"quietline/internal/l10n"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// drop puts a call log into a watched folder and has it imported.
func (d *desk) drop(t *testing.T, folder, name string, rows ...string) {
	t.Helper()
	log := "时间,号码,类型,响铃时长\n" + strings.Join(rows, "\n") + "\n"
	if err := os.WriteFile(filepath.Join(folder, name), []byte(log), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.space.Folders.Run(t.Context(), folders.RunOptions{Once: true, OnPass: d.tellWatched}); err != nil {
		t.Fatal(err)
	}
	d.pass()
}

// Alerts that a watched folder brings are told on the desktop, once, in numbers
// only; those that were there before are not.
func TestNewAlertsAreToldOnTheDesktop(t *testing.T) {
	d := newDesk(t, uitest.Options{Language: l10n.English}, "")
	folder := t.TempDir()
	if _, err := d.space.Folders.Add(t.Context(), "", folder); err != nil {
		t.Fatal(err)
	}
	told := func(want string, do func()) {
		t.Helper()
		var note *fyne.Notification
		if want != "" {
			note = fyne.NewNotification("Quietline", want)
		}
		test.AssertNotificationSent(t, note, do)
	}
	told("", d.review.Start) // the sample calls raise some
	again := []string{
		"2024-05-20 08:00:00,13900000009,未接,20", "2024-05-20 08:01:00,13900000009,未接,20", "2024-05-20 08:02:00,13900000009,未接,20",
	}
	told("1 new alert.", func() { d.drop(t, folder, "a.csv", again...) })
	told("", func() { d.drop(t, folder, "b.csv", append(again, "2024-05-21 08:02:00,13900000008,呼出,")...) })
	told("", func() {
		d.shell.Go(kit.Route{Page: kit.PageSettings})
		d.Layout()
		d.Press("prefs.notify.off")
		d.drop(t, folder, "c.csv", "2024-06-20 23:30:00,13900000007,未接,20")
	})
	if n, err := d.space.Lookout.NewAlerts(t.Context()); err != nil || n.All() < 2 {
		t.Errorf("%+v, %v", n, err)
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}

// The first page shows what came, and leads to its calls.
func TestNewAlertsOnTheFirstPage(t *testing.T) {
	d := newDesk(t, uitest.Options{Language: l10n.English, Size: fyne.NewSize(1000, 1600)}, "")
	folder := t.TempDir()
	if _, err := d.space.Folders.Add(t.Context(), "", folder); err != nil {
		t.Fatal(err)
	}
	d.review.Start()
	d.pass()
	d.drop(t, folder, "a.csv", "2024-06-20 23:30:00,13900000007,来电,")
	d.pass() // the review is announced, and the card waits a little too
	if !d.Shows("alerts.brief") || !d.Reads("13900000007") {
		t.Fatalf("%q", d.Texts())
	}
	d.Draw("app-home-alerts")
	list, err := d.space.Lookout.Pressing(t.Context(), 1)
	if err != nil || len(list) != 1 {
		t.Fatalf("%v %v", list, err)
	}
	test.Tap(d.Buttons("alerts.show")[0])
	d.Layout()
	if got := d.shell.Route(); got != kit.RouteCallsFrom(list[0].Number) {
		t.Errorf("%+v", got)
	}
	left, err := d.space.Lookout.Pressing(t.Context(), 1)
	if err != nil || len(left) == 1 && left[0].ID == list[0].ID {
		t.Errorf("opened, but still new: %v %v", left, err)
	}
	if err := d.end(); err != nil {
		t.Fatal(err)
	}
}
