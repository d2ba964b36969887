package practice

import (
	"context"
	"time"
)

// Add stores a complaint past the check whether its key is known, as happens
// when another process stores it just after that check.
func Add(ctx context.Context, s *Server, key string, body []byte, at time.Time) (receipt string, added bool, err error) {
	r, added, err := s.db.add(ctx, key, body, at, "")
	return r.receipt, added, err
}

// Begin marks a key as being filed, as a request that takes long does.
func Begin(s *Server, key string) (end func(), ok bool) { return s.begin(key) }

// ReceiptNumber, ValidReceipt and CheckDigit are the parts of the number's check.
var (
	ReceiptNumber = receiptNumber
	ValidReceipt  = validReceipt
	CheckDigit    = checkDigit
)

// CheckDocument is the validation of a complaint.
var CheckDocument = checkComplaint
