package registrar

// Effect is what a correction or a newer list changed among the logged calls:
// how many numbers are judged otherwise than before, and how many calls show
// them.
type Effect struct{ Numbers, Calls int64 }
