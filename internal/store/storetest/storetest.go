// Package storetest holds the promises of the storage ports as tests. Whoever
// writes another store runs them on it.
package storetest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/folders"
	"quietline/internal/journal"
	"quietline/internal/lookout"
	"quietline/internal/registrar"
	"quietline/internal/settings"
)

// Full is everything that a store answers.
type Full interface {
	journal.PeopleStore
	journal.CallStore
	journal.CardStore
	journal.MappingStore
	journal.ContactStore
	filing.Store
	filing.BatchStore
	settings.Store
	registrar.Store
	registrar.CallStore
	lookout.Store
	lookout.SettingStore
	folders.Store
}

// Opener gives a new, empty store, which closes itself at the end of the test.
// The owner of the workspace is called Owner.
type Opener func(t *testing.T) Full

// Owner is what the owner of every tested workspace is called.
const Owner = "Owner"

// Run runs every test of the suite.
func Run(t *testing.T, open Opener) {
	RunSome(t, func(string) bool { return true }, open)
}

// RunSome runs the tests of the suite that are picked by their names, which are
// AREA/WHAT.
func RunSome(t *testing.T, pick func(name string) bool, open Opener) {
	for _, group := range [][]test{
		peopleTests(), callTests(), pagingTests(), searchTests(), channelTests(),
		complaintTests(), complaintListTests(), outboxTests(), leaseTests(), pendingTests(), portionTests(), paceTests(), waitingTests(),
		byHandTests(), settleTests(), modelTests(),
		settingTests(), registryTests(), numberLogTests(), callRemoveTests(), mappingTests(), alertTests(), statTests(),
		folderTests(), contactTests(), caseTests(), recordTests(), writingTests(), batchTests(), evidenceTests(), undoTests(),
	} {
		for _, tt := range group {
			if pick(tt.name) {
				t.Run(tt.name, func(t *testing.T) { tt.run(t, open(t)) })
			}
		}
	}
}

// tb is what the helpers need of a *testing.T or a *rapid.T.
type tb interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
	Context() context.Context
}

type test struct {
	name string
	run  func(t *testing.T, s Full)
}

// start is the morning on which every test begins.
func start() time.Time { return time.Date(2024, 5, 20, 9, 0, 0, 0, domain.China()) }

// after is a moment that much later.
func after(d time.Duration) time.Time { return start().Add(d) }

func ok(t tb, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t tb, got, want any) {
	t.Helper()
	if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
		t.Fatalf("(-want +got)\n%s", d)
	}
}

// fails asks for an error of this kind and key.
func fails(t tb, err error, kind domain.Kind, key string) {
	t.Helper()
	if domain.KindOf(err) != kind || domain.KeyOf(err) != key {
		t.Fatalf("error = %v (%s %s), want %s %s", err, domain.KindOf(err), domain.KeyOf(err), kind, key)
	}
}

func person(t tb, s Full, name string) domain.Person {
	t.Helper()
	p := domain.Person{Name: name, Relation: domain.RelationRelative}
	ok(t, s.AddPerson(t.Context(), &p))
	return p
}

// newCall is a complete call of the owner.
func newCall(number string, at time.Time) domain.Call {
	return domain.Call{
		PersonID: domain.SelfID, Person: Owner, Number: number, Display: number,
		Family: domain.FamilyCallCentre95, Verdict: domain.VerdictUnlisted,
		StartedAt: at, Direction: domain.DirectionIncoming, Source: "generic_csv",
	}
}

func add(t tb, s Full, calls ...domain.Call) {
	t.Helper()
	r, err := s.AddCalls(t.Context(), calls, false)
	ok(t, err)
	same(t, r, journal.AddResult{Added: len(calls)})
}

// all pages through every matching call.
func all(t tb, s Full, f domain.CallFilter, limit int) []domain.Call {
	t.Helper()
	var out []domain.Call
	for p := (domain.Page{Limit: limit}); ; {
		page, err := s.Calls(t.Context(), f, p)
		ok(t, err)
		if len(page.Calls) > limit {
			t.Fatalf("page of %d rows, limit %d", len(page.Calls), limit)
		}
		out = append(out, page.Calls...)
		if page.Next == "" {
			return out
		}
		p.After = page.Next
	}
}

func numbersOf(calls []domain.Call) []string {
	out := make([]string, len(calls))
	for i, c := range calls {
		out[i] = c.Number
	}
	return out
}

func channel(t tb, s Full, name string) domain.Channel {
	t.Helper()
	c := domain.Channel{Name: name, Kind: domain.ChannelIntake, URL: "https://intake.example", CreatedAt: start()}
	ok(t, s.AddChannel(t.Context(), &c))
	return c
}

// uuid is a valid UUID for a number below 2^32; each begins differently.
func uuid(n int) string { return fmt.Sprintf("%08x-0000-4000-8000-%012x", n, n) }

// newComplaint is a complaint of the owner about one call.
func newComplaint(n int, channel domain.ChannelID) domain.Complaint {
	id := domain.ComplaintID(uuid(n))
	return domain.Complaint{
		ID: id, PersonID: domain.SelfID, ChannelID: channel,
		Body: domain.ComplaintBody{
			Schema: domain.ComplaintSchema, ClientReference: id,
			Caller:   domain.Caller{Displayed: "95013000", Number: "95013000", Family: domain.FamilyCallCentre95},
			Calls:    []domain.CallRef{{StartedAt: after(time.Duration(n) * time.Minute), Direction: domain.DirectionIncoming}},
			Category: domain.CategoryLoan, Techniques: []domain.Technique{domain.TechniqueRecorded},
		},
	}
}

func request(c domain.Complaint, now time.Time) filing.QueueRequest {
	return filing.QueueRequest{
		Complaint: c, Key: "key-" + string(c.ID), Payload: []byte("payload " + c.ID), PayloadSHA256: "00", Now: now,
	}
}

func queue(t tb, s Full, now time.Time, complaints ...domain.Complaint) {
	t.Helper()
	for _, c := range complaints {
		ok(t, s.Queue(t.Context(), request(c, now)))
	}
}

func get(t tb, s Full, id domain.ComplaintID) domain.Complaint {
	t.Helper()
	c, err := s.Complaint(t.Context(), string(id))
	ok(t, err)
	return c
}
