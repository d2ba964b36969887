package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/uitest"
)

// These tests do what the guide says, step by step: what it names has to be where
// it says so.

func guideDesk(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t, uitest.Options{Size: fyne.NewSize(1280, 2600)}, "")
	t.Cleanup(func() {
		if err := d.end(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func (d *desk) visit(r kit.Route) {
	d.shell.Go(r)
	d.Layout()
}

// there wants the words of the messages on the screen.
func (d *desk) there(t *testing.T, keys ...string) {
	t.Helper()
	for _, key := range keys {
		if !d.Shows(key) {
			t.Errorf("the guide names %q (%s), which is not on %s", d.Env.T(key), key, d.shell.Route().Page)
		}
	}
}

// field gives the one with the example of the message.
func (d *desk) field(t *testing.T, key string) *kit.Entry {
	t.Helper()
	return uitest.One(d.Harness, func(e *kit.Entry) bool { return e.PlaceHolder == d.Env.T(key) })
}

// file writes lines into a file.
func file(t *testing.T, name string, lines ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// send has the outbox send what is due.
func (d *desk) send(t *testing.T) {
	t.Helper()
	if _, err := d.space.Outbox.Run(t.Context(), filing.RunOptions{Concurrency: 1}); err != nil {
		t.Fatal(err)
	}
}

func TestGuideCheck(t *testing.T) {
	d := guideDesk(t)
	d.visit(kit.Route{Page: kit.PageHome})
	d.there(t, "kit.paste")
	d.Type(d.field(t, "home.placeholder"), "95588")
	d.there(t, "verdict_card.advice")
	d.visit(kit.Route{Page: kit.PageCheck})
	d.Type(d.field(t, "home.placeholder"), "95588")
	d.Press("check.copy")
	if got := d.App.Clipboard().Content(); !strings.Contains(got, "95588") {
		t.Errorf("copied %q", got)
	}
	d.Press("check.segment.book")
	d.Type(d.field(t, "check.book.search"), "95588")
	d.there(t, "check.add")
	d.tabToList(t)
	d.Key(fyne.KeyReturn)
	d.there(t, "check.deed.correct")
}

func TestGuideLog(t *testing.T) {
	d := guideDesk(t)
	d.visit(kit.Route{Page: kit.PageCalls})
	d.there(t, "calls.import")
	path := file(t, "calls.csv", "通话时间,对方号码,通话类型,通话时长",
		"2024-06-01 10:20:00,95000123,被叫,30秒", "昨天,95000124,被叫,30秒")
	d.shell.Open(kit.PageCalls, []string{path})
	d.Layout()
	d.there(t, "calls.import.whose")
	test.Tap(d.Buttons("calls.import.start")[0])
	d.Layout()
	d.there(t, "calls.rejects")
	d.Press("kit.close")
	d.Press("calls.log")
	d.there(t, "kit.time.now", "calls.field.note", "calls.log.store")
}

func TestGuideComplain(t *testing.T) {
	d := guideDesk(t)
	d.visit(kit.Route{Page: kit.PageComplaints})
	d.there(t, "complaints.new")
	d.visit(kit.RouteCallsFrom("95013000"))
	d.tabToList(t)
	d.Key(fyne.KeyReturn)
	d.Press("calls.complain")
	d.there(t, "complaints.field.category", "complaints.propose", "complaints.part.where", "complaints.field.channel")
	uitest.All[*kit.Choice[domain.Category]](d.Harness)[0].SetSelected(d.Env.Printer.Term("category", "loan"))
	d.Press("complaints.file")
	d.Press("complaints.confirm.yes")
	d.send(t)
	d.openComplaint(t)
	d.there(t, "complaints.receipt", "complaints.print")
}

// openComplaint opens the newest one.
func (d *desk) openComplaint(t *testing.T) {
	t.Helper()
	page, err := d.space.Filing.Complaints(t.Context(), domain.ComplaintFilter{}, domain.Page{Limit: 1})
	if err != nil || len(page.Complaints) != 1 {
		t.Fatalf("%d complaints, %v", len(page.Complaints), err)
	}
	d.visit(kit.Route{Page: kit.PageHome})
	d.visit(kit.RouteComplaint(page.Complaints[0].ID))
}

func TestGuideFileWith12321(t *testing.T) {
	d := guideDesk(t)
	d.visit(kit.Route{Page: kit.PageSettings})
	d.Press("prefs.channel.add")
	d.there(t, "endpoint.kind.assisted")
	if _, err := d.space.Filing.AddChannel(t.Context(), filing.ChannelInput{
		Name: "12321", Kind: domain.ChannelAssisted, URL: "https://www.12321.cn/",
	}); err != nil {
		t.Fatal(err)
	}
	d.visit(kit.RouteComplain("95013000"))
	test.Tap(d.Buttons("kit.time.now")[0])
	uitest.All[*kit.Choice[domain.Category]](d.Harness)[0].SetSelected(d.Env.Printer.Term("category", "loan"))
	for _, c := range uitest.All[*kit.Choice[string]](d.Harness) {
		c.SetSelected("12321") // of the list that has it
	}
	d.Layout()
	d.Press("complaints.file")
	d.Press("complaints.confirm.prepare")
	d.openComplaint(t)
	d.there(t, "complaints.by_hand.filed", "kit.copy")
}

func TestGuideParent(t *testing.T) {
	d := guideDesk(t)
	d.visit(kit.Route{Page: kit.PageFamily})
	d.there(t, "family.thresholds")
	test.Tap(d.Buttons("family.add")[0])
	d.Layout()
	d.there(t, "family.authority", "family.save")
	d.Press("kit.cancel")
	d.Press("family.part.contacts")
	d.there(t, "contacts.import")
	d.Press("family.part.people")
	test.Tap(d.Buttons("family.edit")[1])
	d.Layout()
	d.there(t, "family.folders", "family.folders.add")
	d.Press("kit.cancel")
	d.review.Start()
	d.pass()
	d.visit(kit.Route{Page: kit.PageHome})
	d.there(t, "alerts.brief")
	d.Press("alerts.brief.all")
	d.there(t, "alerts.show", "alerts.complain")
}

func TestGuideSheet(t *testing.T) {
	d := guideDesk(t)
	d.visit(kit.Route{Page: kit.PageBatch})
	d.there(t, "batch.paper.template", "batch.choose.button")
	lines := []string{"被投诉号码,来电时间,类别,投诉人姓名,投诉人电话,描述"}
	for i := range 3 {
		at := time.Now().Add(-time.Duration(20+i) * time.Hour).In(domain.China()).Format("2006-01-02 15:04")
		lines = append(lines, fmt.Sprintf("9500013%d,%s,贷款,林秀兰,1390000100%d,推销贷款", i, at, i))
	}
	d.shell.Open(kit.PageBatch, []string{file(t, "邻居.csv", append(lines, ",昨天,贷款,林秀兰,13900001009,")...)})
	d.Layout()
	d.there(t, "batch.columns", "batch.where")
	d.Press("batch.check")
	d.there(t, "batch.paper.problems", "batch.look_again")
	test.Tap(d.Button(d.Env.N("batch.file", 3)))
	d.there(t, "complaints.confirm.no")
	d.Shortcut(fyne.KeyReturn, fyne.KeyModifierControl)
	d.Layout()
	batches, err := d.space.Filing.Batches(t.Context())
	if err != nil || len(batches) != 1 {
		t.Fatalf("%d batches, %v", len(batches), err)
	}
	d.visit(kit.Route{Page: kit.PageHome})
	d.visit(kit.RouteBatch(batches[0].ID))
	d.there(t, "batch.pause", "batch.cancel")
	d.send(t)
	d.visit(kit.Route{Page: kit.PageHome})
	d.visit(kit.RouteBatch(batches[0].ID))
	d.there(t, "batch.paper.results", "batch.paper.receipts")
}

func TestGuideSettings(t *testing.T) {
	d := guideDesk(t)
	d.Options.Size.Height = 5000
	if _, err := d.space.Filing.AddChannel(t.Context(), filing.ChannelInput{
		Name: "office", Kind: domain.ChannelIntake, URL: "https://office.example/",
	}); err != nil {
		t.Fatal(err)
	}
	d.visit(kit.Route{Page: kit.PageSettings})
	d.there(t, "prefs.channels", "prefs.channel.test", "prefs.deed.token", "prefs.notify", "prefs.notify.on", "prefs.tray", "prefs.tray.on",
		"prefs.data", "prefs.doctor", "prefs.doctor.run", "prefs.bundle", "keeping.title", "keeping.backup.do", "keeping.restore.do", "keeping.erase.do")
	test.Tap(d.Buttons("prefs.deed.pause")[0])
	d.Layout()
	d.there(t, "prefs.channel.paused", "prefs.deed.resume")
}
