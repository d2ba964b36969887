package registrar

// Effect is what a change of the registry did to the log.
type Effect struct {
	// Code and Scope are where a correction was made or undone.
	Code, Scope string
	// Numbers and Calls count the logged numbers that are judged otherwise
	// now, and their calls.
	Numbers, Calls int64
}
