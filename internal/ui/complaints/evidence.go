package complaints

import (
	"context"
	"errors"
	"slices"

	"quietline/internal/domain"
	"quietline/internal/filing"
)

// AtEvidence is the field of the files.
const AtEvidence = filing.AtEvidence

// DeedAttached: a file that was missing is there again. DeedCopied: a copy was
// saved.
const (
	DeedAttached Deed = "attached"
	DeedCopied   Deed = "copied"
)

// EvidenceFiling is what the page needs of the use cases on files.
type EvidenceFiling interface {
	TakeEvidence(ctx context.Context, path string) (filing.TakenEvidence, error)
	DropEvidence(ctx context.Context, files []filing.TakenEvidence) error
	AttachAgain(ctx context.Context, idOrPrefix, path string) (domain.EvidenceStatus, error)
	SaveEvidence(ctx context.Context, e domain.Evidence, path string) error
	ShowEvidence(ctx context.Context, e domain.Evidence) (path string, err error)
}

// formFiles are the files of the form.
type formFiles struct {
	// Files are those that go with the complaint.
	Files []filing.TakenEvidence
	// Removed is the one that was taken out last, nil for none, and at its place.
	Removed *filing.TakenEvidence
	at      int
	// NotAdded is why files were not added when some were added last.
	NotAdded []error
	// Adding is how many are being copied.
	Adding int
}

// evidence is what the use case is given.
func (f *formFiles) evidence() []domain.Evidence {
	var out []domain.Evidence
	for _, t := range f.Files {
		out = append(out, t.Evidence)
	}
	return out
}

// attached are the files that a complaint has already.
func attached(list []domain.Evidence) []filing.TakenEvidence {
	var out []filing.TakenEvidence
	for _, e := range list {
		out = append(out, filing.TakenEvidence{Evidence: e})
	}
	return out
}

// AddFiles copies files into the workspace and puts them into the form.
func (m *Model) AddFiles(paths []string) {
	f := m.form
	if f == nil || len(paths) == 0 {
		return
	}
	fill := m.fills
	f.Adding += len(paths)
	m.dropFiles(orNone(f.Removed))
	f.NotAdded, f.Removed = nil, nil
	m.p.Events.Fields() // nothing is filed meanwhile
	m.p.Events.Evidence()
	var taken []filing.TakenEvidence
	var refused []error
	m.p.Write(func(ctx context.Context) error {
		for _, path := range paths {
			t, err := m.p.Filing.TakeEvidence(ctx, path)
			switch {
			case domain.KindOf(err) == domain.Cancelled:
				return err
			case err != nil:
				refused = append(refused, err)
			default:
				taken = append(taken, t)
			}
		}
		return nil
	}, func(err error) {
		if fill != m.fills || m.form == nil {
			m.dropFiles(taken) // the form they were for is gone
			return
		}
		f := m.form
		f.Adding -= len(paths)
		f.NotAdded = append(f.NotAdded, refused...)
		if err != nil {
			f.NotAdded = append(f.NotAdded, err)
		}
		for _, t := range taken {
			if slices.ContainsFunc(f.Files, func(o filing.TakenEvidence) bool { return o.SHA256 == t.SHA256 }) {
				m.dropFiles([]filing.TakenEvidence{t}) // the form has it once
				continue
			}
			f.Files = append(f.Files, t)
			f.Changed = true
		}
		m.changedFiles()
	})
}

// RemoveFile takes a file out of the form, and can put it back.
func (m *Model) RemoveFile(digest string) {
	f := m.form
	if f == nil {
		return
	}
	i := slices.IndexFunc(f.Files, func(t filing.TakenEvidence) bool { return t.SHA256 == digest })
	if i < 0 {
		return
	}
	m.dropFiles(orNone(f.Removed))
	gone := f.Files[i]
	f.Files = slices.Delete(slices.Clone(f.Files), i, i+1)
	f.Removed, f.at, f.NotAdded, f.Changed = &gone, i, nil, true
	m.changedFiles()
}

// PutBack undoes RemoveFile.
func (m *Model) PutBack() {
	f := m.form
	if f == nil || f.Removed == nil {
		return
	}
	f.Files = slices.Insert(f.Files, min(f.at, len(f.Files)), *f.Removed)
	f.Removed = nil
	m.changedFiles()
}

func (m *Model) changedFiles() {
	m.form.forgive(AtEvidence)
	m.p.Events.Fields()
	m.p.Events.Evidence()
}

// dropFiles gives up what was copied for a form. What it leaves, the next sweep
// takes.
func (m *Model) dropFiles(files []filing.TakenEvidence) {
	if len(files) == 0 {
		return
	}
	m.p.Write(func(ctx context.Context) error { return m.p.Filing.DropEvidence(ctx, files) }, func(error) {})
}

// orNone is a list of the file, empty for nil.
func orNone(t *filing.TakenEvidence) []filing.TakenEvidence {
	if t == nil {
		return nil
	}
	return []filing.TakenEvidence{*t}
}

// ChannelTakes is what is known of the files that the form's channel takes.
type ChannelTakes struct {
	// ByHand: the user hands them in. None: it takes none. Known: the limits are.
	ByHand, None, Known bool
	Bytes               int64
	Types               []string
}

// Takes says which files the channel of the form takes; ok is false where there
// is no channel.
func (m *Model) Takes() (t ChannelTakes, ok bool) {
	if m.form == nil {
		return t, false
	}
	c, ok := m.channelOf(m.form.Channel)
	t = ChannelTakes{ByHand: c.Kind == domain.ChannelAssisted}
	switch caps := c.Capabilities; {
	case t.ByHand:
	case c.Kind != domain.ChannelIntake:
		t.None = true
	case caps != nil:
		t.Known, t.None = true, !caps.TakesEvidence()
		t.Bytes, t.Types = caps.MaxEvidenceBytes, caps.TakenMedia()
	}
	return t, ok
}

// OpenFile has a file of the open complaint shown by another program.
func (m *Model) OpenFile(e domain.Evidence, show func(path string)) {
	var path string
	m.p.Write(func(ctx context.Context) (err error) {
		path, err = m.p.Filing.ShowEvidence(ctx, e)
		return err
	}, func(err error) {
		if err != nil {
			m.p.Events.Failed(err)
			m.Refresh() // it is shown as missing
			return
		}
		show(path)
	})
}

// CopyFile saves a copy of a file of the open complaint.
func (m *Model) CopyFile(e domain.Evidence, path string) {
	c := m.detail.Complaint
	m.p.Write(func(ctx context.Context) error { return m.p.Filing.SaveEvidence(ctx, e, path) }, func(err error) {
		if err != nil {
			m.p.Events.Failed(err)
			return
		}
		m.p.Events.Stored(DeedCopied, c)
	})
}

// AttachAgain takes a file that the open complaint misses.
func (m *Model) AttachAgain(path string) {
	c := m.detail.Complaint
	if !m.hasOpen {
		return
	}
	m.p.Write(func(ctx context.Context) error {
		_, err := m.p.Filing.AttachAgain(ctx, string(c.ID), path)
		return err
	}, func(err error) {
		var e *domain.Error
		switch {
		case err == nil:
			m.p.Events.Stored(DeedAttached, c)
			m.Refresh()
		case errors.As(err, &e):
			m.p.Events.Failed(err)
		}
	})
}
