package shell

// CloseButton is what the button of the window for closing does: the toolkit's
// test driver has none.
func (s *Shell) CloseButton() { s.close() }
