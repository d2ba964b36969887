package filing_test

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// Trying an endpoint stores nothing; what it said is stored with the channel that is
// added then.
func TestTryingAChannel(t *testing.T) {
	d := newDesk(t)
	in := filing.ChannelInput{Kind: domain.ChannelIntake, URL: "https://intake.example.org", Token: "token"}
	if err := d.file.CheckChannel(in); err != nil {
		t.Fatal(err)
	}
	caps, err := d.file.TryChannel(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if list, err := d.file.Channels(t.Context()); len(list) != 0 || err != nil {
		t.Fatalf("%+v %v", list, err)
	}
	in.Name, in.Tested = "office", &caps
	if _, err := d.file.AddChannel(t.Context(), in); err != nil {
		t.Fatal(err)
	}
	c, err := d.store.ChannelByName(t.Context(), "office")
	if err != nil || c.Capabilities == nil || c.Capabilities.Name != caps.Name || !c.Default {
		t.Errorf("%+v %v", c, err)
	}
}

func TestWhatCannotBeTried(t *testing.T) {
	d := newDesk(t)
	in := filing.ChannelInput{Kind: domain.ChannelIntake, URL: "https://intake.example.org", Token: "two words"}
	if _, err := d.file.TryChannel(t.Context(), in); domain.KeyOf(err) != "channel.token_invalid" {
		t.Errorf("%v", err)
	}
	in.Token, in.Rate = "", -1
	if err := d.file.CheckChannel(in); domain.KeyOf(err) != "channel.rate_invalid" {
		t.Errorf("%v", err)
	}
}
