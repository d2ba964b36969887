package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"quietline/internal/domain"
	"quietline/internal/filing"
	"quietline/internal/l10n"
	"quietline/internal/workspace"
)

// queue makes a workspace with n complaints in its outbox, about n calls, as
// the program makes them.
func queue(ctx context.Context, dir, url string, n int) (err error) {
	w, err := workspace.Open(ctx, workspace.Params{Dir: dir, Language: l10n.Chinese})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	const channel = "bench"
	if _, err := w.Filing.AddChannel(ctx, filing.ChannelInput{Name: channel, Kind: domain.ChannelIntake, URL: url}); err != nil {
		return err
	}
	first := time.Date(2024, 5, 20, 9, 15, 0, 0, domain.China())
	for i := range n {
		_, err := w.Filing.New(ctx, filing.ComplaintInput{
			Number: fmt.Sprintf("95013%05d", i%100000), At: first.Add(time.Duration(i) * time.Second),
			Category: domain.CategoryLoan, Techniques: []domain.Technique{domain.TechniqueRecorded},
			Harm: 1, Description: description, Language: "zh-Hans", Channel: channel,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
