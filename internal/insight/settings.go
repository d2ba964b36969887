package insight

import (
	"fmt"
	"strconv"
	"strings"

	"quietline/internal/domain"
)

// Settings are the thresholds of the rules. The zero value is of no use; begin
// with Defaults.
type Settings struct {
	// RepeatedCalls of one number or code within RepeatedMinutes.
	RepeatedCalls, RepeatedMinutes int
	// FloodCalls of strangers within FloodMinutes.
	FloodCalls, FloodMinutes int
	// RingSeconds is the longest ring that is one.
	RingSeconds int
	// NightFrom and NightTo bound the night, in minutes after midnight.
	NightFrom, NightTo int
	// CampaignCalls of one holder code within CampaignDays, to CampaignPeople
	// or from CampaignNumbers.
	CampaignCalls, CampaignDays, CampaignPeople, CampaignNumbers int
	// LongMinutes is how long a first talk has to be.
	LongMinutes int
}

// Defaults are the thresholds of cli.md.
func Defaults() Settings {
	return Settings{
		RepeatedCalls: 3, RepeatedMinutes: 10, FloodCalls: 20, FloodMinutes: 60, RingSeconds: 5,
		NightFrom: 22 * 60, NightTo: 6 * 60,
		CampaignCalls: 5, CampaignDays: 7, CampaignPeople: 2, CampaignNumbers: 3, LongMinutes: 5,
	}
}

// Threshold is one setting as a form or a command line shows it.
type Threshold struct {
	// Name is its code; its words are the message "alert.setting." + Name.
	Name string
	// Kind is what the rule finds that it belongs to.
	Kind Kind
	// Min and Max bound the value. Where Clock is set they are minutes after
	// midnight, and the text of a value is a time of day such as "22:00".
	Min, Max int
	Clock    bool
	of       func(*Settings) *int
}

// The ranges keep every window within the lookahead of its period.
const (
	maxMinutes = int(DayLookahead / hour * 60)
	maxCalls   = 1000
)

// Thresholds lists every setting in the order of a form.
func Thresholds() []Threshold {
	return []Threshold{
		{Name: "repeated_calls", Kind: KindRepeated, Min: 2, Max: maxCalls, of: func(s *Settings) *int { return &s.RepeatedCalls }},
		{Name: "repeated_minutes", Kind: KindRepeated, Min: 1, Max: maxMinutes, of: func(s *Settings) *int { return &s.RepeatedMinutes }},
		{Name: "flood_calls", Kind: KindFlood, Min: 2, Max: maxCalls, of: func(s *Settings) *int { return &s.FloodCalls }},
		{Name: "flood_minutes", Kind: KindFlood, Min: 1, Max: maxMinutes, of: func(s *Settings) *int { return &s.FloodMinutes }},
		{Name: "ring_seconds", Kind: KindOneRing, Min: 1, Max: 60, of: func(s *Settings) *int { return &s.RingSeconds }},
		{Name: "night_from", Kind: KindNight, Min: 18 * 60, Max: 24*60 - 1, Clock: true, of: func(s *Settings) *int { return &s.NightFrom }},
		{Name: "night_to", Kind: KindNight, Min: 0, Max: maxMinutes, Clock: true, of: func(s *Settings) *int { return &s.NightTo }},
		{Name: "campaign_calls", Kind: KindCampaign, Min: 2, Max: maxCalls, of: func(s *Settings) *int { return &s.CampaignCalls }},
		{Name: "campaign_days", Kind: KindCampaign, Min: 1, Max: 7, of: func(s *Settings) *int { return &s.CampaignDays }},
		{Name: "campaign_people", Kind: KindCampaign, Min: 2, Max: maxCalls, of: func(s *Settings) *int { return &s.CampaignPeople }},
		{Name: "campaign_numbers", Kind: KindCampaign, Min: 2, Max: maxCalls, of: func(s *Settings) *int { return &s.CampaignNumbers }},
		{Name: "long_minutes", Kind: KindLongStrangerCall, Min: 1, Max: 24 * 60, of: func(s *Settings) *int { return &s.LongMinutes }},
	}
}

// Value is the text of the setting's value.
func (t Threshold) Value(s Settings) string { return t.text(*t.of(&s)) }

func (t Threshold) text(v int) string {
	if t.Clock {
		return fmt.Sprintf("%02d:%02d", v/60, v%60)
	}
	return strconv.Itoa(v)
}

// Range gives the texts of the smallest and the largest value.
func (t Threshold) Range() (least, most string) { return t.text(t.Min), t.text(t.Max) }

// Set reads the text into the setting. It fails with Invalid
// "alerts.setting_range" (Args: Name, Min, Max) for what is no number or time
// of day in the range, and then changes nothing.
func (t Threshold) Set(s *Settings, text string) error {
	v, err := strconv.Atoi(text)
	if t.Clock {
		v, err = timeOfDay(text)
	}
	if err != nil || v < t.Min || v > t.Max {
		return domain.E("insight.Set", domain.Invalid, "alerts.setting_range",
			domain.Args{"Name": t.Name, "Min": t.text(t.Min), "Max": t.text(t.Max)}, err)
	}
	*t.of(s) = v
	return nil
}

// timeOfDay reads 22:00 as minutes after midnight.
func timeOfDay(text string) (int, error) {
	h, m, ok := strings.Cut(text, ":")
	if !ok || len(h) > 2 || len(m) != 2 {
		return 0, strconv.ErrSyntax
	}
	hours, err := strconv.ParseUint(h, 10, 8)
	if err != nil || hours > 23 {
		return 0, strconv.ErrSyntax
	}
	minutes, err := strconv.ParseUint(m, 10, 8)
	if err != nil || minutes > 59 {
		return 0, strconv.ErrSyntax
	}
	return int(hours)*60 + int(minutes), nil
}

// rulesVersion changes with what the rules say about the same calls.
const rulesVersion = 2

// Fingerprint tells apart settings, and rules of other versions of the
// program, under which the same calls could raise other alerts.
func (s Settings) Fingerprint() string { return fmt.Sprint(rulesVersion, s) }

// atNight says whether the moment lies in the hours of rest.
func (s Settings) atNight(at int64) bool {
	c := clock(at)
	return c >= int64(s.NightFrom) || c < int64(s.NightTo)
}
