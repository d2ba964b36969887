package home

import (
	"context"

	"quietline/internal/filing"
	"quietline/internal/ui/kit"
)

var _ kit.Practiser = (*Page)(nil)

// practises says whether complaints go to a practice endpoint unless another way is
// chosen.
func (m *Model) practises(ctx context.Context) (bool, error) {
	list, err := m.p.Filing.ChannelsWithoutTokens(ctx)
	return err == nil && len(list) > 0 && list[0].Default && filing.IsPractice(list[0]), err
}

// Practice says whether the page counts complaints while a practice endpoint is what
// they go to: nobody is to take them for filed.
func (p *Page) Practice() bool {
	pic := p.model.Picture()
	return pic.Practice && pic.Drafts+pic.Waiting+pic.Filed+pic.Trouble > 0
}

// showAll shows the picture, and has the shell look whether to say that it is
// practice.
func (p *Page) showAll() {
	p.showPicture()
	p.env.Refresh()
}
