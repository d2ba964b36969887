package kit

// KnowsPlace says whether we have a word for a place of the toolkit's dialog.
func KnowsPlace(name string) bool {
	_, ok := place(name)
	return ok
}
