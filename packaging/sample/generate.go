package main

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// direction is what kind of call it is, as Android's log counts them.
type direction int

const (
	incoming direction = 1
	outgoing direction = 2
	missed   direction = 3
	rejected direction = 5
)

// call is one row.
type call struct {
	at        time.Time
	number    string // empty where withheld
	name      string
	direction direction
	seconds   int
}

// caller is who calls.
type caller struct{ number, name string }

// generator makes the rows of a log, oldest first.
type generator struct {
	rand *rand.Rand
	now  time.Time
	// gap is the mean time between two calls that have nothing to do with each
	// other, so that the log ends in May 2024 however long it is.
	gap      time.Duration
	contacts []caller
	// strangers call again and again, the first of them most.
	strangers []string
	campaigns []campaign
	// burst is a number that calls again, left times.
	burst caller
	left  int
	pause time.Duration // between the calls of the burst, at most
	last  call
}

// campaign is a holder code whose extensions call for some days.
type campaign struct {
	code string
	ends time.Time
}

func newGenerator(seed uint64, rows int) *generator {
	zone := time.FixedZone("CST", 8*60*60)
	first, last := time.Date(2019, 6, 1, 8, 0, 0, 0, zone), time.Date(2024, 5, 20, 9, 0, 0, 0, zone)
	g := &generator{
		rand: rand.New(rand.NewPCG(seed, 0x9e3779b97f4a7c15)), now: first, //nolint:gosec // a log that can be made again
		gap: last.Sub(first) / time.Duration(max(rows, 1)),
	}
	list := names()
	for i := range 200 {
		g.contacts = append(g.contacts, caller{number: g.mobile(), name: fmt.Sprintf("%s %d", list[i%len(list)], i)})
	}
	for range 4000 {
		g.strangers = append(g.strangers, g.stranger())
	}
	return g
}

// next gives the next row.
func (g *generator) next() call {
	switch r := g.rand.IntN(1000); {
	case g.left > 0:
		g.left--
		g.now = g.now.Add(time.Second + time.Duration(g.rand.Int64N(int64(g.pause))))
		return g.made(g.burst, incoming)
	case r < 2 && !g.last.at.IsZero():
		return g.last // a row that is in the file twice
	case r < 12 && !g.last.at.IsZero():
		again := g.last // the same number once more within the minute
		again.at = again.at.Add(time.Duration(1+g.rand.IntN(50)) * time.Second)
		g.now, g.last = later(g.now, again.at), again
		return again
	}
	g.now = g.now.Add(time.Duration(g.rand.ExpFloat64() * float64(g.gap)))
	who := g.caller()
	if h := g.now.Hour(); (h >= 22 || h < 6) && g.rand.IntN(60) == 0 {
		g.burst, g.left, g.pause = who, 5+g.rand.IntN(35), 40*time.Second
	}
	if who.name != "" && g.rand.IntN(2) == 0 {
		return g.made(who, outgoing)
	}
	return g.made(who, incoming)
}

// made is a call with a length that fits it.
func (g *generator) made(who caller, d direction) call {
	c := call{at: g.now, number: who.number, name: who.name, direction: d}
	switch r := g.rand.IntN(100); {
	case d == incoming && r < 30:
		c.direction = missed
	case d == incoming && r < 40:
		c.direction = rejected
	default:
		c.seconds = int(g.rand.ExpFloat64() * 45)
	}
	g.last = c
	return c
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func (g *generator) caller() caller {
	switch r := g.rand.IntN(100); {
	case r < 22:
		return g.contacts[g.rand.IntN(len(g.contacts))]
	case r < 52:
		at := float64(len(g.strangers)) * g.rand.Float64() * g.rand.Float64() * g.rand.Float64()
		return caller{number: g.strangers[int(at)]}
	case r < 72:
		return caller{number: g.campaign()}
	}
	return caller{number: g.stranger()}
}

// campaign is a number of one of three campaigns that run at the moment.
func (g *generator) campaign() string {
	live := g.campaigns[:0]
	for _, c := range g.campaigns {
		if c.ends.After(g.now) {
			live = append(live, c)
		}
	}
	for g.campaigns = live; len(g.campaigns) < 3; {
		g.campaigns = append(g.campaigns, campaign{
			code: fmt.Sprintf("950%02d", 13+g.rand.IntN(30)), ends: g.now.Add(time.Duration(1+g.rand.IntN(10)) * 24 * time.Hour),
		})
	}
	return g.campaigns[g.rand.IntN(len(g.campaigns))].code + fmt.Sprintf("%03d", g.rand.IntN(400))
}

func (g *generator) stranger() string {
	switch r := g.rand.IntN(100); {
	case r < 45:
		return g.mobile()
	case r < 60:
		return []string{"010", "021", "025", "0571", "0755"}[g.rand.IntN(5)] + fmt.Sprintf("8660%04d", g.rand.IntN(10000))
	case r < 72:
		return fmt.Sprintf("95%03d", 500+g.rand.IntN(100))
	case r < 82:
		return fmt.Sprintf("96%03d", g.rand.IntN(1000))
	case r < 90:
		return fmt.Sprintf("4000%06d", g.rand.IntN(1000000))
	case r < 94:
		return fmt.Sprintf("1069000%04d", g.rand.IntN(10000))
	case r < 97:
		return "" // withheld
	}
	return fmt.Sprintf("+44200000%04d", g.rand.IntN(10000))
}

func (g *generator) mobile() string {
	first := []string{"13", "15", "18"}[g.rand.IntN(3)]
	return fmt.Sprintf("%s%d0000%04d", first, g.rand.IntN(10), g.rand.IntN(10000))
}
