package filing_test

import (
	"context"
	"testing"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/testkit"
)

// call logs one call of a number to a person and gives its ID.
func (d *desk) call(p domain.PersonID, number string) domain.CallID {
	d.t.Helper()
	_, err := d.store.AddCalls(d.t.Context(), []domain.Call{{
		PersonID: p, Number: number, Display: number, Family: domain.FamilyCallCentre95,
		Verdict: domain.VerdictUnlisted, StartedAt: testkit.Epoch().Add(-time.Hour), Direction: domain.DirectionIncoming,
	}}, false)
	if err != nil {
		d.t.Fatal(err)
	}
	page, err := d.store.Calls(d.t.Context(), domain.CallFilter{PersonID: p}, domain.Page{Limit: 1})
	if err != nil || len(page.Calls) != 1 {
		d.t.Fatal(page, err)
	}
	return page.Calls[0].ID
}

func (d *desk) person(name string) domain.Person {
	d.t.Helper()
	p := domain.Person{Name: name, Relation: domain.RelationChild, Authority: domain.AuthorityOral}
	if err := d.store.AddPerson(d.t.Context(), &p); err != nil {
		d.t.Fatal(err)
	}
	return p
}

// The kept call of somebody who was removed is nobody else's.
func TestCallOfSomebodyRemoved(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	mother, aunt := d.person("Mother"), d.person("Aunt")
	in := good()
	in.CallIDs, in.Number, in.At = []domain.CallID{d.call(mother.ID, "95013000")}, "", time.Time{}
	if _, err := d.store.RemovePerson(t.Context(), mother.ID, true); err != nil {
		t.Fatal(err)
	}
	if _, err := d.file.New(t.Context(), in); domain.KeyOf(err) != "complaint.person_removed" {
		t.Errorf("filed as one's own: %v", err)
	}
	in.OnBehalfOf = aunt.Name
	if _, err := d.file.New(t.Context(), in); domain.KeyOf(err) != "complaint.not_their_call" {
		t.Errorf("filed for another: %v", err)
	}
	d.person(mother.Name) // she is back
	in.OnBehalfOf = ""
	c, err := d.file.New(t.Context(), in)
	if err != nil || c.Body.Complainant.OnBehalf == nil || c.Body.Complainant.OnBehalf.Name != mother.Name {
		t.Errorf("%+v, %v", c.Body.Complainant, err)
	}
}

// Where a complaint goes is not guessed once the default is gone.
func TestNoDefaultChannel(t *testing.T) {
	d := newDesk(t)
	for _, c := range []filing.ChannelInput{
		{Name: "practice", Kind: domain.ChannelIntake, URL: domain.PracticeURL},
		{Name: "office", Kind: domain.ChannelIntake, URL: "https://intake.example.org"},
	} {
		if _, err := d.file.AddChannel(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	if c, err := d.file.New(t.Context(), good()); err != nil || c.Channel != "office" {
		t.Errorf("%q, %v", c.Channel, err)
	}
	d.run(filing.RunOptions{})
	if err := d.file.RemoveChannel(t.Context(), "office"); err != nil {
		t.Fatal(err)
	}
	in := good()
	in.Number = "95588"
	if _, err := d.file.New(t.Context(), in); domain.KeyOf(err) != "channel.no_default" {
		t.Errorf("new: %v", err)
	}
	in.Draft = true
	if c, err := d.file.New(t.Context(), in); err != nil || c.Channel != "" {
		t.Errorf("draft through %q, %v", c.Channel, err)
	}
	in.Draft, in.Channel = false, "practice"
	if c, err := d.file.New(t.Context(), in); err != nil || c.Channel != "practice" {
		t.Errorf("named: %q, %v", c.Channel, err)
	}
}

// A complaint names a holder only where the lists leave no doubt.
func TestListedHolder(t *testing.T) {
	for number, want := range map[string]string{
		"95588": "中国工商银行", "+95588": "", "9558812": "", "96588": "", "0551-96588": "徽商银行",
		"95000123": "北京鸿联九五信息产业有限公司", "95000123456789": "", "13800138000": "",
	} {
		d := newDesk(t)
		d.channel("c")
		in := good()
		in.Number = number
		c, err := d.file.New(t.Context(), in)
		if err != nil || c.Body.Caller.ListedHolder != want {
			t.Errorf("%s: holder %q, want %q (%v)", number, c.Body.Caller.ListedHolder, want, err)
		}
	}
}

// What was committed is stored, also where the context ends right then.
func TestStoredIsNotCalledCancelled(t *testing.T) {
	d := newDesk(t)
	d.channel("c")
	ctx, stop := context.WithCancel(t.Context())
	d.queued = stop
	c, err := d.file.New(ctx, good())
	if err != nil || c.SendState != domain.SendQueued {
		t.Errorf("%s, %v", c.SendState, err)
	}
}
