package filing_test

import (
	"testing"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// The services of a server are asked for before its channel is there, and after; a
// channel of another kind has none.
func TestServices(t *testing.T) {
	d := newDesk(t)
	d.city()
	d.channel("wire")
	d.ends.fake.services = []domain.CivicService{{Code: "NOISE"}, {Code: "OTHER"}}
	caps, err := d.file.TryChannel(t.Context(), filing.ChannelInput{Kind: domain.ChannelOpen311, URL: "https://city.example.org"})
	if err != nil || len(caps.Services) != 2 {
		t.Errorf("%+v, %v", caps, err)
	}
	if list, err := d.file.ServicesOf(t.Context(), "city"); err != nil || len(list) != 2 {
		t.Errorf("%v, %v", list, err)
	}
	if _, err := d.file.SetService(t.Context(), "city", "OTHER"); err != nil {
		t.Error(err)
	}
	if c, err := d.store.ChannelByName(t.Context(), "city"); err != nil || c.ServiceCode != "OTHER" || c.Capabilities == nil {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := d.file.ServicesOf(t.Context(), "wire"); domain.KeyOf(err) != "channel.kind_without_services" {
		t.Errorf("%v", err)
	}
	if _, err := d.file.SetService(t.Context(), "wire", "OTHER"); domain.KeyOf(err) != "channel.kind_without_services" {
		t.Errorf("%v", err)
	}
	if _, err := d.file.SetService(t.Context(), "none", "OTHER"); domain.KeyOf(err) != "channel.not_found" {
		t.Errorf("%v", err)
	}
}
