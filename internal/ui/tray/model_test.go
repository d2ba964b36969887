package tray_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/l10n"
	"quietline/internal/testkit"
	"quietline/internal/ui/tray"
)

type icon struct {
	*tray.Model
	now    tray.Counts
	err    error
	put    []tray.Texts
	soon   []func()
	failed int
}

func newIcon(t *testing.T, language l10n.Language) *icon {
	t.Helper()
	i := &icon{}
	i.Model = tray.New(tray.Params{
		Printer: testkit.Printer(t, language),
		Count:   func(context.Context) (tray.Counts, error) { return i.now, i.err },
		Run: func(work func(context.Context) error, done func(error)) func() {
			done(work(t.Context()))
			return func() {}
		},
		Soon:   func(f func()) { i.soon = append(i.soon, f) },
		Put:    func(x tray.Texts) { i.put = append(i.put, x) },
		Failed: func(error) { i.failed++ },
	})
	return i
}

func (i *icon) last() tray.Texts { return i.put[len(i.put)-1] }

func TestIconCounts(t *testing.T) {
	i := newIcon(t, l10n.English)
	i.now = tray.Counts{Alerts: 1, Waiting: 12}
	i.Start()
	want := tray.Texts{
		Tip: "Quietline: 1 new alert, 12 complaints waiting", Alerts: "1 new alert", Waiting: "12 complaints waiting",
		Show: "Show Quietline", Watch: "Pause watching", Quit: "Quit",
	}
	if diff := cmp.Diff(want, i.last()); diff != "" {
		t.Error(diff)
	}
	i.now = tray.Counts{}
	for _, topic := range []string{"people", "calls", "alerts", "complaints"} {
		i.Heard(topic)
	}
	if len(i.soon) != 2 || i.last() != want {
		t.Fatalf("%d counts are to come, %+v", len(i.soon), i.last())
	}
	i.soon[0]()
	if got := i.last().Tip; got != "Quietline: 0 new alerts, 0 complaints waiting" {
		t.Error(got)
	}
	puts := len(i.put)
	i.soon[1]()
	if len(i.put) != puts {
		t.Error("the same words are put again")
	}
	i.now, i.err = tray.Counts{Alerts: 9}, errors.New("busy")
	i.soon[1]()
	if i.failed != 1 || len(i.put) != puts {
		t.Errorf("failed %d times, %+v", i.failed, i.last())
	}
}

func TestIconSaysThatWatchingIsPaused(t *testing.T) {
	i := newIcon(t, l10n.Chinese)
	i.Start()
	i.Pause(true)
	if got := i.last(); !i.Paused() || got.Watch != "继续自动导入" || got.Tip != "静线：0 条新提醒，0 件投诉等待提交（已暂停自动导入）" {
		t.Errorf("%+v", got)
	}
	i.Pause(false)
	if got := i.last(); i.Paused() || got.Watch != "暂停自动导入" {
		t.Errorf("%+v", got)
	}
}
