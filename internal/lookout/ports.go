// Package lookout holds the use cases on what the log says about people:
// alerts with their state, statistics and the weekly digest. The rules stand in
// package insight; this package runs them over what changed and no more.
package lookout

import (
	"context"
	"time"

	"quietline/internal/domain"
	"quietline/internal/insight"
)

// AlertID identifies an alert within one workspace.
type AlertID int64

// State is what the user did with an alert.
type State string

// The states. An alert that grows keeps its state, unless it becomes more
// severe: then it is new again.
const (
	StateNew       State = "new"
	StateSeen      State = "seen"
	StateDismissed State = "dismissed"
)

// Alert is an alert as it is kept.
type Alert struct {
	insight.Alert
	ID    AlertID
	State State
	// PersonName is whose calls these are, empty where they are several people's.
	PersonName string
}

// AlertFilter picks alerts; a zero field does not restrict.
type AlertFilter struct {
	// PersonID picks alerts with calls of the person.
	PersonID domain.PersonID
	// From and To pick alerts with a part in the period, From inclusive, To
	// exclusive.
	From, To time.Time
	// Dismissed lists dismissed alerts too.
	Dismissed bool
}

// AlertPage is one page of alerts, the latest first.
type AlertPage struct {
	Alerts []Alert
	// Next is the cursor of the next page, empty at the end.
	Next string
}

// Counts are numbers of alerts by severity.
type Counts struct{ Info, Caution, Danger int }

// All is the sum.
func (c Counts) All() int { return c.Info + c.Caution + c.Danger }

// Plus adds others to them.
func (c Counts) Plus(d Counts) Counts {
	return Counts{Info: c.Info + d.Info, Caution: c.Caution + d.Caution, Danger: c.Danger + d.Danger}
}

// CountOf counts one alert.
func CountOf(s domain.Severity) Counts {
	switch s {
	case domain.SeverityDanger:
		return Counts{Danger: 1}
	case domain.SeverityCaution:
		return Counts{Caution: 1}
	case domain.SeverityInfo:
	}
	return Counts{Info: 1}
}

// Contact is a number that raises no alert.
type Contact struct {
	// PersonID is for whose calls, 0 for everybody's.
	PersonID domain.PersonID
	// Number is normalised, as calls have it.
	Number string
}

// Refusal says when a person first told a caller not to call again.
type Refusal struct {
	PersonID     domain.PersonID
	Number, Code string
	At           time.Time
}

// Review takes the calls of some periods and gives their alerts
// (insight.Review).
type Review interface {
	See(c insight.Call)
	Alerts() ([]insight.Alert, error)
}

// Reviewed counts what one step did; Periods is 0 where nothing is left.
type Reviewed struct {
	Periods, Calls int
	// Raised counts the alerts that this step found for the first time, or found
	// to be more severe than before.
	Raised Counts
}

// Store keeps alerts and what is left to judge. Each step is one transaction,
// so that a stopped run is carried on by the next one and other writers get
// their turn in between.
type Store interface {
	// Prepare compares rules and contacts with those by which the alerts were
	// judged, and the refusals in the complaints likewise, and marks what may be
	// judged otherwise now. It gives the refusals.
	Prepare(ctx context.Context, rules string, contacts []Contact) ([]Refusal, error)
	// TakeIn marks the periods of at most so many calls that were added since,
	// and finds out who is no stranger. It gives how much it did, 0 at the end.
	TakeIn(ctx context.Context, most int) (int, error)
	// ReviewDays judges at most so many marked days.
	ReviewDays(ctx context.Context, most int, begin func(domain.PersonID, []int64) Review) (Reviewed, error)
	// ReviewWeeks judges at most so many marked weeks of holder codes.
	ReviewWeeks(ctx context.Context, most int, begin func(code string, weeks []int64) Review) (Reviewed, error)

	// Alerts pages through the matching alerts, the latest end first. A cursor
	// that is not one fails with Invalid "page.cursor_invalid".
	Alerts(ctx context.Context, f AlertFilter, p domain.Page) (AlertPage, error)
	// Pressing gives at most so many new alerts, the most severe first and among
	// them the latest.
	Pressing(ctx context.Context, most int) ([]Alert, error)
	// NewAlerts counts the new ones.
	NewAlerts(ctx context.Context) (Counts, error)
	// SetAlertState changes all or, where one is missing, none: NotFound
	// "alerts.not_found" (Args: ID).
	SetAlertState(ctx context.Context, ids []AlertID, state State) error
	// Received gives the calls that a person received in the period, by time.
	Received(ctx context.Context, person domain.PersonID, from, to time.Time, see func(insight.Call)) error
	// Stats counts calls.
	Stats(ctx context.Context, f StatsFilter) (insight.Stats, error)
	// Times counts calls by day, hour and family alone, and those that were made;
	// what else Stats tells is empty.
	Times(ctx context.Context, f StatsFilter) (insight.Stats, error)
}

// StatsFilter picks calls; a zero field does not restrict.
type StatsFilter struct {
	PersonID domain.PersonID
	From, To time.Time // From inclusive, To exclusive
}

// SettingStore keeps settings as text by key.
type SettingStore interface {
	Settings(ctx context.Context) (map[string]string, error)
	// SetSettings stores all or, where it fails, none.
	SetSettings(ctx context.Context, values map[string]string) error
}

// People lists the people whose calls are kept.
type People interface {
	People(ctx context.Context) ([]domain.Person, error)
	PersonByName(ctx context.Context, name string) (domain.Person, error)
}

// Contacts lists the numbers of contacts, and others that raise no alert.
type Contacts interface {
	ContactNumbers(ctx context.Context) ([]Contact, error)
}
