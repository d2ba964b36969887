package filing

import (
	"context"
	"time"

	"quietline/internal/domain"
)

// Batch is a sheet of complaints that was queued as one.
type Batch struct {
	// ID is what people type: the day and a counter, "20240520-1".
	ID string
	// File is the name of the sheet's file without its folder, Sheet the name of
	// the sheet in a workbook.
	File, Sheet string
	// Titles are those of the sheet's columns.
	Titles []string
	// Channel is the name of the channel through which it is filed.
	ChannelID   domain.ChannelID
	Channel     string
	ChannelKind domain.ChannelKind
	// Practice says that the channel files nothing anywhere; Service.Batch fills it
	// in.
	Practice  bool
	CreatedAt time.Time
	// FinishedAt is when its sheet was read to the end; zero while that goes on,
	// and where it was killed halfway: the same sheet again carries it on.
	FinishedAt time.Time
	// PausedAt and CancelledAt are zero where it is not.
	PausedAt, CancelledAt time.Time
	// Rows is Queued + Duplicates + Rejected: what became of its rows when they
	// were read.
	Rows, Queued, Duplicates, Rejected int
	// States counts its complaints by send state.
	States map[domain.SendState]int
}

// Open says how many of its complaints the outbox still has to do with.
func (b *Batch) Open() int {
	n := 0
	for _, s := range []domain.SendState{
		domain.SendQueued, domain.SendSending, domain.SendRetry, domain.SendUnknown, domain.SendToken,
	} {
		n += b.States[s]
	}
	return n
}

// RowState is what became of a row of a sheet.
type RowState string

// The states of a row.
const (
	RowQueued    RowState = "queued"
	RowDuplicate RowState = "duplicate"
	RowRejected  RowState = "rejected"
)

// RowProblem is what is wrong with a row at one field.
type RowProblem struct {
	// Field is empty where it is about the whole row.
	Field SheetField `json:"field"`
	// Key and Args make the words, like those of a domain.Error.
	Key  string      `json:"key"`
	Args domain.Args `json:"args,omitempty"`
}

// Err is the problem as an error, for its words.
func (p RowProblem) Err() *domain.Error {
	return domain.E("filing.row", domain.Invalid, p.Key, p.Args, nil).At(string(p.Field))
}

// BatchRow is a row of a batch with what became of its complaint.
type BatchRow struct {
	Line int
	// Cells are as in the sheet; nil where they were erased.
	Cells    []string
	State    RowState
	Problems []RowProblem
	// ComplaintID is its complaint or, for a duplicate, the one that was there;
	// empty for a rejected row.
	ComplaintID domain.ComplaintID
	// What the complaint says now; zero where there is none.
	SendState     domain.SendState
	CaseState     domain.CaseState
	ReceiptNumber string
	// LastError is the key of why it was not filed, or empty.
	LastError string
	UpdatedAt time.Time
}

// BatchRowPage is a page of rows in the order of the sheet.
type BatchRowPage struct {
	Rows []BatchRow
	// Next is the line to go on after, 0 at the end.
	Next int
}

// BatchRowFilter picks rows; zero fields do not restrict.
type BatchRowFilter struct {
	State     RowState
	SendState domain.SendState
}

// NewBatch is a batch that begins.
type NewBatch struct {
	File, Sheet string
	Titles      []string
	ChannelID   domain.ChannelID
	// Digest is the SHA-256 of the file, by which an interrupted batch is found.
	Digest string
	// Mapping is what was made of the columns, by place: the same file read
	// otherwise is another batch.
	Mapping string
	// Writer is a UUID: who adds the rows. Another that carries the batch on takes
	// it from this one.
	Writer string
	// Day is what its ID begins with, as 20240520.
	Day string
	Now time.Time
}

// BatchStart is where a batch begins or is carried on.
type BatchStart struct {
	ID string
	// Line is the last line that it has; 0 for a new one.
	Line int
	// Rows, Queued, Duplicates and Rejected are those of before.
	Rows, Queued, Duplicates, Rejected int
}

// NewBatchRow is a row to be kept, with its complaint unless it is rejected.
type NewBatchRow struct {
	Line     int
	Cells    []string
	Problems []RowProblem
	// Queue is nil for a rejected row. Its payload is its complaint's body as JSON,
	// but for a channel that is written to otherwise (Composer), and its complaint is
	// about one call.
	Queue *QueueRequest
}

// AddedRow is what became of a row.
type AddedRow struct {
	State RowState
	// Duplicate is the complaint that was there, for a duplicate.
	Duplicate domain.ComplaintID
}

// BatchCancelled says what a cancelled batch took back.
type BatchCancelled struct {
	// TakenBack are the complaints that were cancelled.
	TakenBack int
	// Filed are those that the endpoint has, Uncertain those it may have: they
	// could not be taken back.
	Filed, Uncertain int
}

// BatchStore keeps batches.
type BatchStore interface {
	// BeginBatch makes a batch, or gives the unfinished and not cancelled one of
	// the same digest, mapping and channel to the new writer.
	BeginBatch(ctx context.Context, b NewBatch) (BatchStart, error)
	// AddBatchRows keeps rows, in the order of their lines, and queues their
	// complaints, all in one transaction; a complaint that FindDuplicate would
	// find another for, also one of an earlier row, is not queued. It fails with
	// Conflict "batch.taken_over" where another writer carries the batch on and
	// Conflict "batch.cancelled".
	AddBatchRows(ctx context.Context, id, writer string, rows []NewBatchRow, now time.Time) ([]AddedRow, error)
	// FinishBatch notes that the sheet was read to its end.
	FinishBatch(ctx context.Context, id, writer string, now time.Time) error
	// FindDuplicates is FindDuplicate for many; an empty ID stands for none.
	FindDuplicates(ctx context.Context, list []domain.Complaint) ([]domain.ComplaintID, error)
	// Batches lists all, newest first.
	Batches(ctx context.Context) ([]Batch, error)
	// Batch fails with NotFound "batch.not_found" (Args: ID).
	Batch(ctx context.Context, id string) (Batch, error)
	// BatchRows pages through the rows behind a line.
	BatchRows(ctx context.Context, id string, f BatchRowFilter, after, limit int) (BatchRowPage, error)
	// PauseBatch pauses or goes on. While a batch is paused Claim leaves its
	// complaints out in every process. Fails with NotFound "batch.not_found" and,
	// for a cancelled one, Conflict "batch.cancelled".
	PauseBatch(ctx context.Context, id string, paused bool, now time.Time) error
	// CancelBatch takes back every complaint that waits and is certainly not at
	// the endpoint (domain.SendState.Cancellable), in one transaction. What has
	// failed stays as it is: nobody sends it any more, and the reason is kept.
	CancelBatch(ctx context.Context, id string, now time.Time) (BatchCancelled, error)
	// AllContacts lists everybody's contacts and those of each present person.
	AllContacts(ctx context.Context) ([]domain.Contact, error)
	SheetMappingStore
}

// Batches lists every batch, newest first.
func (s *Service) Batches(ctx context.Context) ([]Batch, error) { return s.p.Batches.Batches(ctx) }

// Batch gives one batch. It fails with NotFound "batch.not_found".
func (s *Service) Batch(ctx context.Context, id string) (Batch, error) {
	b, err := s.p.Batches.Batch(ctx, id)
	if err != nil {
		return b, err
	}
	ch, err := s.p.Store.ChannelByID(ctx, b.ChannelID)
	if domain.KindOf(err) == domain.NotFound { // it was removed
		return b, nil
	}
	b.Practice = err == nil && IsPractice(ch)
	return b, err
}

// MaxBatchRows is the most rows that BatchRows gives at once.
const MaxBatchRows = 1000

// BatchRows gives up to limit rows (1 to MaxBatchRows) behind a line, 0 for the
// beginning, with what became of their complaints by now.
func (s *Service) BatchRows(ctx context.Context, id string, f BatchRowFilter, after, limit int) (BatchRowPage, error) {
	return s.p.Batches.BatchRows(ctx, id, f, after, min(max(limit, 1), MaxBatchRows))
}

// PauseBatch keeps a batch back in every process until ResumeBatch; requests
// under way end. It gives the batch as it is then.
func (s *Service) PauseBatch(ctx context.Context, id string) (Batch, error) {
	return s.pauseBatch(ctx, id, true)
}

// ResumeBatch lets a paused batch go on.
func (s *Service) ResumeBatch(ctx context.Context, id string) (Batch, error) {
	return s.pauseBatch(ctx, id, false)
}

func (s *Service) pauseBatch(ctx context.Context, id string, paused bool) (Batch, error) {
	if err := s.p.Batches.PauseBatch(ctx, id, paused, s.p.Clock.Now()); err != nil {
		return Batch{}, err
	}
	if !paused {
		s.p.Queued()
	}
	return s.Batch(context.WithoutCancel(ctx), id)
}

// CancelBatch takes back what is certainly not at the endpoint and says how many
// could not be taken back. An import of it that is under way stops.
func (s *Service) CancelBatch(ctx context.Context, id string) (BatchCancelled, error) {
	return s.p.Batches.CancelBatch(ctx, id, s.p.Clock.Now())
}
