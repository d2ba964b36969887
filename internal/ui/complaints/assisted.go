package complaints

import (
	"context"

	"quietline/internal/domain"
	"quietline/internal/report"
)

// filedByHand is the kind of the event that the user filed a complaint.
const filedByHand = "filed_by_hand"

// Format is what kind of file a form is saved as.
type Format string

// The formats; each is the ending of its files too.
const (
	PDF  Format = ".pdf"
	Mail Format = ".eml"
)

// Papers write the form of a complaint that the user files. A file is the user's
// alone and appears when it is whole.
type Papers interface {
	Save(ctx context.Context, path string, f Format, form report.AssistedForm) error
}

// paper is what the user does with the form of the open complaint.
type paper struct {
	id      domain.ComplaintID
	receipt string // as typed
	fault   error  // what is wrong with it
	busy    bool
	saved   string // the file that the form was saved in last
}

// paperOf gives the paper of the open complaint; another one's is over.
func (m *Model) paperOf() *paper {
	if m.paper.id != m.openID {
		m.paper = paper{id: m.openID}
	}
	return &m.paper
}

// Sendable is how much in the outbox is its own to send.
func (m *Model) Sendable() int64 {
	return m.Count(SegmentOutbox) - int64(m.byHand.All+m.byHand.Unsettled)
}

// Overdue is how many complaints have waited long for the user to file them.
func (m *Model) Overdue() int { return m.byHand.Overdue }

// Receipt is the receipt number that the user is typing.
func (m *Model) Receipt() string { return m.paperOf().receipt }

// TypeReceipt takes what the user types.
func (m *Model) TypeReceipt(text string) {
	at := m.paperOf()
	at.receipt, at.fault = text, nil
}

// ReceiptFault is what is wrong with the receipt number, or nil.
func (m *Model) ReceiptFault() error { return m.paperOf().fault }

// SetReceipt notes that the user filed the open complaint and got that number.
func (m *Model) SetReceipt() {
	number := m.Receipt()
	m.enterReceipt(DeedReceipt, func(ctx context.Context, id domain.ComplaintID) (domain.Complaint, error) {
		return m.p.Filing.SetReceipt(ctx, string(id), number)
	})
}

// enterReceipt stores what the user says of the open complaint and its number.
func (m *Model) enterReceipt(deed Deed, store func(context.Context, domain.ComplaintID) (domain.Complaint, error)) {
	at := m.paperOf()
	if at.id == "" || at.busy {
		return
	}
	at.busy = true
	id := at.id
	var c domain.Complaint
	m.p.Write(func(ctx context.Context) (err error) {
		c, err = store(ctx, id)
		return err
	}, func(err error) {
		mine := m.openID == id
		if mine {
			at := m.paperOf()
			at.busy, at.fault = false, err
		}
		switch {
		case err == nil:
			if mine {
				m.paper = paper{}
			}
			m.p.Events.Stored(deed, c)
			m.Refresh()
		case mine && domain.KindOf(err) == domain.Invalid:
			m.p.Events.Detail()
		default:
			m.p.Events.Failed(err)
			m.Refresh() // it may have been filed elsewhere: show what is true now
		}
	})
}

// Saved is the file that the form of the open complaint was saved in last, empty
// for none.
func (m *Model) Saved() string { return m.paperOf().saved }

// SaveForm writes the form of the open complaint.
func (m *Model) SaveForm(path string, f Format, form report.AssistedForm) {
	id := m.openID
	m.p.Write(func(ctx context.Context) error { return m.p.Papers.Save(ctx, path, f, form) }, m.savedPaper(id, path))
}

// savedPaper hears whether a file about a complaint was written.
func (m *Model) savedPaper(id domain.ComplaintID, path string) func(error) {
	return func(err error) {
		switch {
		case err != nil:
			m.p.Events.Failed(err)
		case m.openID == id:
			m.paperOf().saved = path
			m.p.Events.Detail()
		}
	}
}

// Correct replaces the receipt number that the user entered for the open
// complaint. What is wrong with the new one, nil for nothing, goes to done.
func (m *Model) Correct(was, number string, done func(error)) {
	id := m.openID
	var c domain.Complaint
	m.p.Write(func(ctx context.Context) (err error) {
		c, err = m.p.Filing.CorrectReceipt(ctx, string(id), was, number)
		return err
	}, func(err error) {
		done(err)
		if err == nil {
			m.p.Events.Stored(DeedCorrected, c)
		}
		if err == nil || domain.KindOf(err) != domain.Invalid {
			m.Refresh() // it may have been corrected elsewhere: show what is true now
		}
	})
}
