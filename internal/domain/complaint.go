package domain

import (
	"slices"
	"time"
)

// ComplaintID is the complaint's own UUID; it is sent as client_reference.
type ComplaintID string

// Short is the part of the ID that is shown and that is enough to find the
// complaint again.
func (id ComplaintID) Short() string { return string(id[:min(8, len(id))]) }

// Category is what a call was about.
type Category string

// The categories of enums.md C.1.
const (
	CategoryLoan           Category = "loan"
	CategoryInsurance      Category = "insurance"
	CategoryRealEstate     Category = "real_estate"
	CategoryEducation      Category = "education"
	CategoryCollection     Category = "collection"
	CategorySecurities     Category = "securities"
	CategoryInvoiceCert    Category = "invoice_cert"
	CategoryFoodDrug       Category = "food_drug"
	CategoryPorn           Category = "porn"
	CategoryTobaccoAlcohol Category = "tobacco_alcohol"
	CategoryRetail         Category = "retail"
	CategoryRecruit        Category = "recruit"
	CategoryDecoration     Category = "decoration"
	CategoryTelecomPromo   Category = "telecom_promo"
	CategoryFraud          Category = "fraud"
	CategoryMalicious      Category = "malicious"
	CategorySilent         Category = "silent"
	CategorySurvey         Category = "survey"
	CategoryOther          Category = "other"
)

// Categories lists every category in the order of the form.
func Categories() []Category {
	return []Category{
		CategoryLoan, CategoryInsurance, CategoryRealEstate, CategoryEducation,
		CategoryCollection, CategorySecurities, CategoryInvoiceCert, CategoryFoodDrug,
		CategoryPorn, CategoryTobaccoAlcohol, CategoryRetail, CategoryRecruit,
		CategoryDecoration, CategoryTelecomPromo, CategoryFraud, CategoryMalicious,
		CategorySilent, CategorySurvey, CategoryOther,
	}
}

// Technique is how a caller went about it.
type Technique string

// The techniques of enums.md C.2.
const (
	TechniqueHuman              Technique = "human"
	TechniqueRecorded           Technique = "recorded"
	TechniqueRingOnce           Technique = "ring_once"
	TechniqueBombing            Technique = "bombing"
	TechniqueUltraShort         Technique = "ultra_short"
	TechniqueMassDial           Technique = "mass_dial"
	TechniqueHighFreq           Technique = "high_freq"
	TechniqueLowFreqFraud       Technique = "low_freq_fraud"
	TechniqueSilent             Technique = "silent"
	TechniqueAIVoice            Technique = "ai_voice"
	TechniqueSpoofed            Technique = "spoofed"
	TechniqueNight              Technique = "night"
	TechniqueRedialAfterRefusal Technique = "redial_after_refusal"
	TechniqueUnknown            Technique = "unknown"
)

// Techniques lists every technique in the order of the form.
func Techniques() []Technique {
	return []Technique{
		TechniqueHuman, TechniqueRecorded, TechniqueAIVoice, TechniqueRingOnce,
		TechniqueSilent, TechniqueUltraShort, TechniqueBombing, TechniqueMassDial,
		TechniqueHighFreq, TechniqueLowFreqFraud, TechniqueSpoofed, TechniqueNight,
		TechniqueRedialAfterRefusal, TechniqueUnknown,
	}
}

// Harm is how bad it was, 0 (none) to MaxHarm (threat to safety); enums.md C.3.
type Harm int

// MaxHarm is the highest harm level.
const MaxHarm Harm = 5

// Demand is what the complainant asks for.
type Demand string

// The demands of intake-api.md and complaint-12321.md section 6.
const (
	DemandStopCalls      Demand = "stop_calls"
	DemandDiscloseSource Demand = "disclose_source"
	DemandBlockLine      Demand = "block_line"
	DemandWrittenAnswer  Demand = "written_answer"
)

// Demands lists every demand in the order of the form.
func Demands() []Demand {
	return []Demand{DemandStopCalls, DemandDiscloseSource, DemandBlockLine, DemandWrittenAnswer}
}

// SendState is how far our sending of a complaint has come. It is ours; what
// the regulator makes of the complaint is its CaseState.
type SendState string

// The send states of enums.md C.8.
const (
	SendDraft     SendState = "draft"
	SendQueued    SendState = "queued"
	SendSending   SendState = "sending"
	SendSent      SendState = "sent"
	SendToken     SendState = "token"
	SendUnknown   SendState = "unknown"
	SendRetry     SendState = "retry"
	SendFailed    SendState = "failed"
	SendSkipped   SendState = "skipped"
	SendCancelled SendState = "cancelled"
)

// SendStates lists every send state.
func SendStates() []SendState {
	return []SendState{
		SendDraft, SendQueued, SendSending, SendSent, SendToken,
		SendUnknown, SendRetry, SendFailed, SendSkipped, SendCancelled,
	}
}

// Cancellable says whether a complaint in this state, after these attempts, can
// still be taken back on our side: only while it is certain that the endpoint
// does not hold it. One that waits for another try is certain not to be there
// if no attempt ever reached the endpoint.
func (s SendState) Cancellable(attempts []Attempt) bool {
	switch s {
	case SendDraft, SendQueued, SendFailed, SendSkipped:
		return true
	case SendRetry:
		return !slices.ContainsFunc(attempts, Attempt.mayHaveArrived)
	case SendSending, SendSent, SendToken, SendUnknown, SendCancelled:
		return false
	}
	return false
}

// mayHaveArrived says whether the endpoint may hold what this attempt sent. A
// retry without an HTTP status is one that surely never left (intake-api.md,
// decisions), and a pause is a clear no.
func (a Attempt) mayHaveArrived() bool {
	switch a.Outcome {
	case AttemptPaused, AttemptFailed:
		return false
	case AttemptRetry:
		return a.HTTPStatus != 0
	case AttemptRunning, AttemptInterrupted, AttemptSent, AttemptToken, AttemptUnknown:
		return true
	}
	return true
}

// CaseState is what the regulator says of a complaint.
type CaseState string

// The case states of enums.md C.8; empty means nothing is known yet.
const (
	CaseNone                 CaseState = ""
	CaseReceived             CaseState = "received"
	CaseAccepted             CaseState = "accepted"
	CaseRejectedInsufficient CaseState = "rejected_insufficient"
	CaseRejectedOutOfScope   CaseState = "rejected_out_of_scope"
	CaseTransferred          CaseState = "transferred"
	CaseInvestigating        CaseState = "investigating"
	CaseActionTaken          CaseState = "action_taken"
	CaseNoAction             CaseState = "no_action"
	CaseDuplicate            CaseState = "duplicate"
	CaseClosed               CaseState = "closed"
	CaseReopened             CaseState = "reopened"
)

// CaseStates lists every case state.
func CaseStates() []CaseState {
	return []CaseState{
		CaseReceived, CaseAccepted, CaseRejectedInsufficient, CaseRejectedOutOfScope,
		CaseTransferred, CaseInvestigating, CaseActionTaken, CaseNoAction,
		CaseDuplicate, CaseClosed, CaseReopened,
	}
}

// Caller is the number complained about, as displayed and as understood.
type Caller struct {
	Displayed    string `json:"displayed"`
	Number       string `json:"number"`
	Family       Family `json:"family"`
	Code         string `json:"code"`
	ListedHolder string `json:"listed_holder"`
}

// CallRef is one call in a complaint.
type CallRef struct {
	StartedAt       time.Time `json:"started_at"`
	DurationSeconds *int64    `json:"duration_seconds"`
	RingSeconds     *int64    `json:"ring_seconds"`
	Direction       Direction `json:"direction"`
}

// Loss is money lost; Amount is a decimal with two places.
type Loss struct {
	Amount   string `json:"amount"`
	Currency string `json:"currency"`
}

// ComplaintSchema names the payload format of intake-api.md.
const ComplaintSchema = "quietline.complaint/1"

// ComplaintBody is a complaint as it goes to an endpoint (intake-api.md). A
// draft is the same record, not yet complete.
type ComplaintBody struct {
	Schema          string      `json:"schema"`
	ClientReference ComplaintID `json:"client_reference"`
	Language        string      `json:"language"`
	Complainant     Complainant `json:"complainant"`
	Caller          Caller      `json:"caller"`
	Calls           []CallRef   `json:"calls"`
	Category        Category    `json:"category"`
	Techniques      []Technique `json:"techniques"`
	FraudKind       *string     `json:"fraud_kind"`
	Harm            Harm        `json:"harm"`
	RefusedAt       *time.Time  `json:"refused_at"`
	ConsentGiven    *bool       `json:"consent_given"` // nil: nothing was said of it
	Loss            *Loss       `json:"loss"`
	Description     string      `json:"description"`
	Demands         []Demand    `json:"demands"`
	Evidence        []Evidence  `json:"evidence"`
}

// Evidence is one file that belongs to a complaint.
type Evidence struct {
	SHA256    string `json:"sha256"`
	MediaType string `json:"media_type"`
	Bytes     int64  `json:"bytes"`
	FileName  string `json:"file_name"`
}

// FieldProblem is a reason at a field, ours or the endpoint's.
type FieldProblem struct {
	// Pointer is the JSON pointer of the field.
	Pointer string `json:"pointer"`
	// Code is our error key or the endpoint's code.
	Code string `json:"code"`
	// Detail is a sentence of the endpoint, or empty for our own problems,
	// whose words come from the catalogue.
	Detail string `json:"detail"`
}

// Complaint is a complaint with its place in the outbox.
type Complaint struct {
	ID   ComplaintID
	Body ComplaintBody
	// PersonID is whose calls these are.
	PersonID PersonID
	// Stated is who complains and for whom in somebody's words; nil where the
	// owner of the workspace complains, for themselves or for PersonID.
	Stated    *StatedComplainant
	CallIDs   []CallID
	ChannelID ChannelID
	// Channel is the name of the channel and ChannelKind its kind; filled when
	// reading.
	Channel     string
	ChannelKind ChannelKind
	// Batch is the batch the complaint came with, or empty.
	Batch     string
	SendState SendState
	CaseState CaseState
	// ReceiptNumber is the endpoint's, empty until sent.
	ReceiptNumber string
	// Token stands in for a receipt number that is not there yet.
	Token string
	// Attempts is how often sending was begun.
	Attempts int
	// NextAttemptAt is when the outbox looks at it again; zero for never.
	NextAttemptAt time.Time
	// LastError is the key of why the last attempt failed, or empty.
	LastError string
	// Problems are the endpoint's reasons at the fields.
	Problems             []FieldProblem
	CreatedAt, UpdatedAt time.Time
	// QueuedAt is when it went into the outbox; zero for a draft.
	QueuedAt time.Time
}

// Party is whose phone rang, by name, or by number where no name is known: by it
// complaints about one call are told apart whose people are not, or no longer, in
// the workspace.
func (c *Complaint) Party() string {
	switch who := &c.Body.Complainant; {
	case who.OnBehalf != nil:
		return who.OnBehalf.Name
	case who.Name != "":
		return who.Name
	default:
		return who.Phone
	}
}

// ByHand says whether the complaint waits for a person to file it: the outbox
// has nothing to do with it.
func (c *Complaint) ByHand() bool {
	return c.ChannelKind == ChannelAssisted && c.SendState == SendQueued
}

// Unsettled says whether the complaint waits for a person to say whether the
// endpoint has it: it may have arrived, and the endpoint cannot be asked, because
// its protocol has no keys (ChannelKind.Keyless) or because it may have forgotten
// this one since a backup was made. The outbox has nothing to do with it.
func (c *Complaint) Unsettled() bool {
	return c.SendState == SendUnknown && c.NextAttemptAt.IsZero()
}

// Numberless says whether the complaint is filed with a service that gives no
// receipt number.
func (c *Complaint) Numberless() bool { return c.SendState == SendSent && c.ReceiptNumber == "" }

// PatienceByHand is how long a complaint may wait for a person to file it
// before the program speaks of it.
const PatienceByHand = 3 * 24 * time.Hour

// Stuck says whether the outbox has been trying for over a day
// (intake-api.md, rules for the client).
func (c *Complaint) Stuck(now time.Time) bool {
	if c.Unsettled() {
		return false // nothing is being tried
	}
	switch c.SendState {
	case SendRetry, SendUnknown, SendToken:
		return now.Sub(c.QueuedAt) >= StuckAfter
	case SendDraft, SendQueued, SendSending, SendSent, SendFailed, SendSkipped, SendCancelled:
		return false
	}
	return false
}

// StuckAfter is how long the outbox tries before it lists a complaint as
// stuck (intake-api.md).
const StuckAfter = 24 * time.Hour

// ComplaintFilter picks complaints; a zero field does not restrict.
type ComplaintFilter struct {
	SendState SendState
	CaseState CaseState
	Batch     string
	Number    string
	Text      string
	// Stuck picks what the outbox has been trying for over a day by now.
	Stuck bool
}
