package review_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"quietline/internal/l10n"
	"quietline/internal/lookout"
	"quietline/internal/progress"
	"quietline/internal/testkit"
	"quietline/internal/ui/review"
)

// bench holds a Model with all that it asks of the program; work waits until
// finish, and so does what is put off until soon.
type bench struct {
	*review.Model
	raised  lookout.Counts
	err     error
	off     bool
	reviews int
	shown   int
	failed  int
	told    []lookout.Counts

	later   func()
	pending []func()
}

func (b *bench) Refresh(context.Context, *progress.Counter) error {
	b.reviews++
	return b.err
}

func (b *bench) TakeRaised() lookout.Counts {
	raised := b.raised
	b.raised = lookout.Counts{}
	return raised
}

func newBench(t *testing.T) *bench {
	b := &bench{}
	b.Model = review.New(review.Params{
		Lookout: b,
		Run: func(work func(context.Context) error, done func(error)) func() {
			b.pending = append(b.pending, func() { done(work(t.Context())) })
			return func() {}
		},
		Soon:   func(f func()) { b.later = f },
		Wanted: func() bool { return !b.off }, Tell: func(c lookout.Counts) { b.told = append(b.told, c) },
		Reviewed: func() { b.shown++ }, Failed: func(error) { b.failed++ },
	})
	return b
}

// soon lets the pause pass.
func (b *bench) soon() {
	if f := b.later; f != nil {
		b.later = nil
		f()
	}
}

// finish ends the reviews under way, and those that they begin.
func (b *bench) finish() {
	for len(b.pending) > 0 {
		f := b.pending[0]
		b.pending = b.pending[1:]
		f()
	}
}

// brought is that calls were stored that raise alerts.
func (b *bench) brought(c lookout.Counts) {
	b.raised = b.raised.Plus(c)
	b.Heard("calls")
	b.soon()
	b.finish()
}

func opened(t *testing.T) *bench {
	b := newBench(t)
	b.Start()
	b.finish()
	return b
}

func (b *bench) want(t *testing.T, told ...lookout.Counts) {
	t.Helper()
	if d := cmp.Diff(told, b.told); d != "" {
		t.Error(d)
	}
}

func TestNewCallsThatRaiseAlertsAreTold(t *testing.T) {
	b := opened(t)
	b.brought(lookout.Counts{Info: 1, Danger: 1})
	b.brought(lookout.Counts{}) // nothing but what was told
	b.brought(lookout.Counts{Caution: 2})
	b.want(t, lookout.Counts{Info: 1, Danger: 1}, lookout.Counts{Caution: 2})
	if b.reviews != 4 || b.shown != 4 {
		t.Errorf("%d reviews, shown %d times", b.reviews, b.shown)
	}
}

func TestWhatWasThereWhenTheWindowOpenedIsNotTold(t *testing.T) {
	b := newBench(t)
	b.raised = lookout.Counts{Danger: 300}
	b.Start()
	b.finish()
	b.want(t)
	b.brought(lookout.Counts{Danger: 1})
	b.want(t, lookout.Counts{Danger: 1})
}

// Who changes a contact or a threshold sees what follows.
func TestOnlyCallsAreNews(t *testing.T) {
	b := opened(t)
	for _, topic := range []string{"people", "contacts", "complaints", "registry", "thresholds"} {
		b.raised = lookout.Counts{Caution: 1}
		b.Heard(topic)
		b.soon()
		b.finish()
	}
	if b.reviews != 6 {
		t.Errorf("%d reviews", b.reviews)
	}
	b.Heard("folders")
	b.Heard("alerts")
	if b.later != nil {
		t.Error("a review of what changes no alert")
	}
	b.want(t)
	b.brought(lookout.Counts{})
	b.want(t) // those of before are not told with the next calls
}

func TestWhoSwitchedItOffIsNotTold(t *testing.T) {
	b := opened(t)
	b.off = true
	b.brought(lookout.Counts{Danger: 1})
	b.off = false
	b.brought(lookout.Counts{})
	b.want(t)
	if b.shown != 3 {
		t.Error("the page does not hear of it")
	}
}

// Calls that come while a review is under way get one of their own, one at a
// time.
func TestCallsDuringAReview(t *testing.T) {
	b := opened(t)
	b.Heard("calls")
	b.soon()
	for range 3 {
		b.Heard("calls")
		b.soon()
	}
	if len(b.pending) != 1 {
		t.Fatalf("%d reviews at once", len(b.pending))
	}
	b.raised = lookout.Counts{Info: 1}
	b.finish()
	if b.reviews != 3 {
		t.Errorf("%d reviews", b.reviews)
	}
	b.want(t, lookout.Counts{Info: 1})
}

// A review that fails is made up for, and told, by the next one.
func TestFailedReview(t *testing.T) {
	b := opened(t)
	b.err = errors.New("disk")
	b.brought(lookout.Counts{Info: 1})
	b.want(t)
	if b.failed != 1 || b.shown != 1 {
		t.Errorf("failed %d, shown %d", b.failed, b.shown)
	}
	b.err = nil
	b.Heard("people")
	b.soon()
	b.finish()
	b.want(t, lookout.Counts{Info: 1})
}

// The first one that comes to its end is the one that catches up.
func TestFailedFirstReview(t *testing.T) {
	b := newBench(t)
	b.err = errors.New("disk")
	b.Start()
	b.finish()
	b.err = nil
	b.brought(lookout.Counts{Danger: 9})
	b.want(t)
}

func TestSentence(t *testing.T) {
	en, zh := testkit.Printer(t, l10n.English), testkit.Printer(t, l10n.Chinese)
	for _, tc := range []struct {
		counts lookout.Counts
		en, zh string
	}{
		{lookout.Counts{Info: 1}, "1 new alert.", "有 1 条新提醒。"},
		{lookout.Counts{Danger: 1}, "1 new alert, a serious one.", "有 1 条新提醒，其中 1 条较严重。"},
		{lookout.Counts{Info: 1, Caution: 1, Danger: 1}, "3 new alerts, 1 of them serious.", "有 3 条新提醒，其中 1 条较严重。"},
		{lookout.Counts{Info: 2}, "2 new alerts.", "有 2 条新提醒。"},
	} {
		if got := review.Sentence(en, tc.counts); got != tc.en {
			t.Errorf("%q", got)
		}
		if got := review.Sentence(zh, tc.counts); got != tc.zh {
			t.Errorf("%q", got)
		}
	}
}

// On Windows the toolkit puts the text between double quotes into a script for
// PowerShell, which reads $, backticks and quotes of every kind in it.
func TestWordsMeanNothingToAShell(t *testing.T) {
	testkit.EachLanguage(t, func(t *testing.T, p *l10n.Printer) {
		texts := []string{p.T("app.name")}
		for n := range 5 {
			texts = append(texts, review.Sentence(p, lookout.Counts{Danger: n}), review.Sentence(p, lookout.Counts{Info: n, Danger: 1}))
		}
		for _, text := range texts {
			if strings.ContainsAny(text, "$`\"'\\\n\u2018\u2019\u201a\u201b\u201c\u201d\u201e") {
				t.Errorf("%q", text)
			}
		}
	})
}
