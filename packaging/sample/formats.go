package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// formatter writes rows in one format. What fails in writing shows when the
// buffer behind it is flushed.
type formatter struct {
	row func(c call)
	end func()
}

const clock = "2006-01-02 15:04:05"

// smsXML is what SMS Backup & Restore writes.
func smsXML(w io.Writer, rows int) formatter {
	fmt.Fprintf(w, "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<calls count=\"%d\" type=\"full\">\n", rows)
	return formatter{
		row: func(c call) {
			presentation, name := 1, "(Unknown)"
			if c.number == "" {
				presentation = 2
			}
			if c.name != "" {
				name = escape(c.name)
			}
			fmt.Fprintf(w, "  <call number=%q duration=\"%d\" date=\"%d\" type=\"%d\" presentation=\"%d\" "+
				"subscription_id=\"1\" post_dial_digits=\"\" readable_date=%q contact_name=\"%s\" />\n",
				c.number, c.seconds, c.at.UnixMilli(), c.direction, presentation, c.at.Format(clock), name)
		},
		end: func() { fmt.Fprintln(w, "</calls>") },
	}
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder takes everything
	return b.String()
}

// cmccCSV is a bill of China Mobile. It knows no names and no missed calls: one
// of no length stands for them.
func cmccCSV(w io.Writer, _ int) formatter {
	fmt.Fprintln(w, "\ufeff"+cmccHeader)
	return formatter{
		row: func(c call) {
			number := c.number
			if number == "" {
				number = "--"
			}
			fmt.Fprintf(w, "%s,%s,%s,%s,"+cmccDuration+",%s,--,0.00\n",
				c.at.Format(clock), place, way(c), number, c.seconds/60, c.seconds%60, tariff)
		},
		end: func() {},
	}
}

// genericCSV is what tools make of a phone's log.
func genericCSV(w io.Writer, _ int) formatter {
	fmt.Fprintln(w, genericHeader)
	return formatter{
		row: func(c call) {
			number := c.number
			if number == "" {
				number = hiddenName
			}
			fmt.Fprintf(w, "%s,%s,%s,%d,%s,,%s\n", c.at.Format(clock), way(c), ownNumber, c.seconds, number, place)
		},
		end: func() {},
	}
}

func way(c call) string {
	if c.direction == outgoing {
		return calling
	}
	return called
}
