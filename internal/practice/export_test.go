package practice

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
