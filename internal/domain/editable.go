package domain

// Editable says whether what a complaint says can still be changed: as long as
// nobody has begun to send it (intake-api.md, decisions).
func (c *Complaint) Editable() bool {
	switch c.SendState {
	case SendDraft:
		return true
	case SendQueued:
		return c.Attempts == 0
	case SendSending, SendSent, SendToken, SendUnknown, SendRetry, SendFailed, SendSkipped, SendCancelled:
		return false
	}
	return false
}
