package main

import (
	"strings"

	"quietline/internal/domain"
	"quietline/internal/report"
)

// answerText says what an endpoint says of itself, one line for each thing it
// takes.
func (c *cli) answerText(caps domain.Capabilities) string {
	lines := []string{c.T("cli.channels.answers", map[string]any{"Name": plain(caps.Name), "Version": plain(caps.APIVersion)})}
	if caps.Practice {
		lines = append(lines, c.T("cli.channels.is_practice"))
	}
	for _, f := range report.Endpoint(c.Printer, caps) {
		lines = append(lines, "  "+f.Label+c.T("cli.colon")+f.Text)
	}
	return strings.Join(lines, "\n")
}

// sayUntested says how to see what the endpoint of a new channel takes, where one
// can be asked.
func (c *cli) sayUntested(ch domain.Channel) {
	if ch.Kind != domain.ChannelAssisted && ch.URL != domain.PracticeURL {
		c.say(c.T("cli.channels.test_next", map[string]any{"Name": plain(ch.Name)}))
	}
}
