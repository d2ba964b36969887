package main

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/platform"
	"quietline/internal/settings"
	"quietline/internal/ui/endpoint"
	"quietline/internal/ui/kit"
	"quietline/internal/ui/prefs"
	"quietline/internal/ui/shell"
	"quietline/internal/ui/welcome"
)

// prefs makes the model of the Settings page, which the first steps share: what is
// chosen there is in force here.
func (d *desktop) prefs(now settings.All, dp desktopParams) *prefs.Model {
	return prefs.NewModel(prefs.Params{
		Store: d.space.Settings, Channels: d.space.Filing, Doctor: d.examine, Bundle: d.bundle, Now: now,
		About: prefs.About{Version: platform.Version(), Commit: platform.Commit(), Date: platform.Date(), DataDir: dp.dir, Registry: d.space.Registry.Info},
		Apply: func(a settings.All) {
			d.shell.Apply(a)
			d.tray.Speak()
			if dp.applied != nil {
				dp.applied()
			}
		},
	})
}

// welcome makes the first steps.
func (d *desktop) welcome(e *kit.Env, own *prefs.Model) shell.Entry {
	w := d.space
	return shell.Entry{ID: kit.PageWelcome, Alone: true, Page: welcome.NewPage(e, welcome.NewModel(welcome.Params{
		Settings: own, People: people{w.Journal}, Channels: w.Filing.ChannelsWithoutTokens, Provinces: w.Registry.Provinces(),
		Seen: w.Settings.SetWelcomed,
	}))}
}

// endpoint makes the assistant for a new channel.
func (d *desktop) endpoint(e *kit.Env) shell.Entry {
	return shell.Entry{ID: kit.PageEndpoint, Alone: true, Page: endpoint.NewPage(e, endpoint.NewModel(endpoint.Params{
		Filing: d.space.Filing, OnlyFile: d.space.Secrets.OnlyFile,
		Kinds: []domain.ChannelKind{domain.ChannelIntake, domain.ChannelOpen311, domain.ChannelAssisted},
	}))}
}

// fresh says whether nothing was done with the workspace yet: then the first steps
// are shown. Where that cannot be told they are not.
func (d *desktop) fresh(ctx context.Context) bool {
	w := d.space
	seen, err := w.Settings.Welcomed(ctx)
	if err != nil || seen {
		return false
	}
	list, err := w.Journal.People(ctx)
	if err != nil || len(list) != 1 || list[0].Name != domain.SelfName {
		return false
	}
	page, err := w.Journal.Calls(ctx, domain.CallFilter{}, domain.Page{Limit: 1})
	if err != nil || len(page.Calls) > 0 {
		return false
	}
	filed, err := w.Filing.Complaints(ctx, domain.ComplaintFilter{}, domain.Page{Limit: 1})
	if err != nil || len(filed.Complaints) > 0 {
		return false
	}
	channels, err := w.Filing.ChannelsWithoutTokens(ctx)
	return err == nil && (len(channels) == 0 || len(channels) == 1 && channels[0].URL == domain.PracticeURL)
}
