package registrar

<<<<<<< HEAD
// Effect is what a change of the registry did to the log.
type Effect struct {
	// Code and Scope are where a correction was made or undone.
	Code, Scope string
	// Numbers and Calls count the logged numbers that are judged otherwise
	// now, and their calls.
	Numbers, Calls int64
}
=======
// Effect is what a correction or a newer list changed among the logged calls:
// how many numbers are judged otherwise than before, and how many calls show
// them.
type Effect struct{ Numbers, Calls int64 }
>>>>>>> checkpage
