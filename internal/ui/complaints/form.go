package complaints

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// The fields of the form, as JSON pointers into a complaint (intake-api.md):
// a reason at or below a pointer belongs to its field.
const (
	AtNumber      = "/caller"
	AtCalls       = "/calls"
	AtDuration    = "/calls/0/duration_seconds"
	AtPerson      = "/complainant"
	AtCategory    = "/category"
	AtFraud       = "/fraud_kind"
	AtTechniques  = "/techniques"
	AtHarm        = "/harm"
	AtLoss        = "/loss"
	AtRefused     = "/refused_at"
	AtConsent     = "/consent_given"
	AtDescription = "/description"
	AtDemands     = "/demands"
	AtChannel     = "/channel"
)

// FieldPointers lists every field from top to bottom.
func FieldPointers() []string {
	return []string{
		AtNumber, AtCalls, AtPerson, AtCategory, AtFraud, AtDescription, AtDuration,
		AtHarm, AtTechniques, AtRefused, AtLoss, AtConsent, AtDemands, AtEvidence, AtChannel,
	}
}

// fieldOf is the field that a pointer belongs to, empty for none.
func fieldOf(pointer string) string {
	best := ""
	for _, p := range FieldPointers() {
		if (pointer == p || strings.HasPrefix(pointer, p+"/")) && len(p) > len(best) {
			best = p
		}
	}
	return best
}

// Form is a complaint while it is written. Times, durations and amounts are
// kept as typed, so that nothing typed is lost because it is wrong.
type Form struct {
	// ID is the complaint that is edited, empty for a new one. Queued says that
	// it is in the outbox, and no draft.
	ID     domain.ComplaintID
	Queued bool
	// Calls are the logged calls it is about; empty for a typed number.
	Calls []domain.Call
	// Further are calls that stand in no log, or no longer.
	Further   []domain.CallRef
	Number    string
	At        string
	Duration  string
	Direction domain.Direction
	Person    domain.PersonID
	stated
	Category    domain.Category
	Techniques  []domain.Technique
	Harm        domain.Harm
	FraudKind   domain.FraudKind
	Loss        string
	Currency    string
	Refused     string
	Consent     Consent
	Description string
	Demands     []domain.Demand
	// Channel is a name; empty for the default.
	Channel string
	formFiles

	// Related are other complaints about this caller, for this person.
	Related  []domain.Complaint
	proposal proposal

	// Check is the live verdict of the number.
	Check domain.Check
	// Guard is why filing asks back about the number (filing.Overridable), nil
	// for no question.
	Guard error
	// Anyway is the user's answer: the complaint is meant nevertheless.
	Anyway bool
	// Problems are those at fields.
	Problems domain.Problems
	// Fault is what went wrong apart from the fields, nil for nothing.
	Fault error
	// Busy says that it is being fetched, checked or stored.
	Busy bool
	// Changed says that the user typed something that is not stored.
	Changed bool
}

// timeLayout is how the form writes times. The seconds count: they tell two
// calls from the same number apart.
const timeLayout = "2006-01-02 15:04:05"

// FormatTime writes a time as the form does, empty for the zero time.
func FormatTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(domain.China()).Format(timeLayout)
}

// formatSeconds writes a duration as minutes and seconds, which
// domain.ParseDuration reads back.
func formatSeconds(n int64) string { return fmt.Sprintf("%d:%02d", n/60, n%60) }

// Wrong says whether anything has to be corrected, or answered, before it can be
// filed.
func (f *Form) Wrong() bool { return len(f.Problems) > 0 || f.Fault != nil || f.Asked() }

// Asked says whether the question of the guard is open.
func (f *Form) Asked() bool { return f.Guard != nil && !f.Anyway }

// Err is everything that is wrong, nil for nothing.
func (f *Form) Err() error {
	if f.Fault != nil {
		return f.Fault
	}
	return f.Problems.Err()
}

// Logged says whether the complaint is about logged calls, whose number, time
// and person are given.
func (f *Form) Logged() bool { return len(f.Calls) > 0 }

// input turns the form into the use case's input. What cannot be read is in
// the list of problems, each at its field.
func (f *Form) input(p reading) (filing.ComplaintInput, domain.Problems) {
	var unread domain.Problems
	blame := func(err error, pointer string) {
		var e *domain.Error
		if errors.As(err, &e) {
			unread = append(unread, e.At(pointer))
		}
	}
	when := func(text, pointer string) time.Time {
		if strings.TrimSpace(text) == "" {
			return time.Time{}
		}
		t, err := p.time(text)
		blame(err, pointer)
		return t
	}
	in := filing.ComplaintInput{
		ID: f.ID, Queued: f.Queued, Number: f.Number, Direction: f.Direction, Further: slices.Clone(f.Further),
		Category: f.Category, Techniques: slices.Clone(f.Techniques), Harm: f.Harm,
		Description: f.Description, ConsentGiven: f.Consent.given(), LossAmount: strings.TrimSpace(f.Loss), LossCurrency: f.Currency, Anyway: f.Anyway,
		Demands: slices.Clone(f.Demands), Evidence: f.evidence(), Channel: f.Channel, Language: p.language,
	}
	if f.Category == domain.CategoryFraud { // elsewhere it is not even shown
		in.FraudKind = f.FraudKind
	}
	for _, c := range f.Calls {
		in.CallIDs = append(in.CallIDs, c.ID)
	}
	if !f.Logged() {
		in.At = when(f.At, AtCalls+"/0/started_at")
		if strings.TrimSpace(f.Duration) != "" {
			d, err := domain.ParseDuration(f.Duration)
			blame(err, AtDuration)
			in.Duration = &d
		}
	}
	in.RefusedAt = when(f.Refused, AtRefused)
	switch f.Person {
	case 0, domain.SelfID:
	case asStated:
		in.Complainant = f.now(p.people)
	default:
		if i := slices.IndexFunc(p.people, func(x domain.Person) bool { return x.ID == f.Person }); i >= 0 {
			in.OnBehalfOf = p.people[i].Name
		} else {
			blame(domain.E("complaints.input", domain.NotFound, "person.not_found", nil, nil), AtPerson)
		}
	}
	return in, unread
}

// nobody is the Person of a form whose person is no longer known: the user has
// to choose, because an empty Person is oneself.
const nobody domain.PersonID = -1

// reading is what is needed to read a form.
type reading struct {
	language string
	people   []domain.Person
	time     func(string) (time.Time, error)
}

// blame sorts an error of the use case into problems at fields and the rest.
// What could not be read comes first: the use case saw an empty field there
// and would only say that it is missing.
func (f *Form) blame(unread domain.Problems, err error) {
	f.Problems, f.Fault = slices.Clone(unread), nil
	var list domain.Problems
	var single *domain.Error
	switch {
	case err == nil:
	case errors.As(err, &list):
	case errors.As(err, &single) && locate(single).Field != "":
		list = domain.Problems{single}
	default:
		f.Fault = err
	}
	for _, e := range list {
		if filing.Overridable(e) { // a question, and not a mistake
			f.Guard = e
			continue
		}
		e = locate(e)
		if !slices.ContainsFunc(unread, func(u *domain.Error) bool { return u.Field == e.Field }) {
			f.Problems = append(f.Problems, e)
		}
	}
}

// locate names the field of an error that names a thing instead.
func locate(e *domain.Error) *domain.Error {
	switch {
	case e.Field != "":
	case e.Key == "channel.not_found", e.Key == "channel.no_default":
		return e.At(AtChannel)
	case e.Key == "person.not_found":
		return e.At(AtPerson)
	}
	return e
}

// forgive drops what was wrong at a field, because it is another one now; it
// says whether there was something.
func (f *Form) forgive(field string) bool {
	n := len(f.Problems)
	f.Problems = slices.DeleteFunc(f.Problems, func(e *domain.Error) bool {
		// Another endpoint may take what this one does not.
		return field == AtChannel || fieldOf(e.Field) == field
	})
	was := len(f.Problems) != n || f.Fault != nil
	f.Fault = nil
	return was
}

// reasons turns what an endpoint said about fields into problems there.
func reasons(list []domain.FieldProblem) domain.Problems {
	var out domain.Problems
	for _, p := range list {
		if p.Detail != "" {
			out = append(out, domain.E("complaints.reasons", domain.Invalid, "complaint.endpoint_says",
				domain.Args{"Words": domain.Clip(p.Detail, 500)}, nil).At(p.Pointer))
		}
	}
	return out
}

// Consent is what the author says of having agreed to be called.
type Consent string

// What can be said of it; nothing is not the same as no.
const (
	ConsentUnsaid Consent = ""
	ConsentNo     Consent = "no"
	ConsentYes    Consent = "yes"
)

// consentOf is what a complaint says of it.
func consentOf(given *bool) Consent {
	switch {
	case given == nil:
		return ConsentUnsaid
	case *given:
		return ConsentYes
	}
	return ConsentNo
}

func (c Consent) given() *bool {
	if c == ConsentUnsaid {
		return nil
	}
	yes := c == ConsentYes
	return &yes
}
