package main

import (
	"time"

	"github.com/rymdport/portal/settings/appearance"
)

// askTime bounds how long the desktop is asked; on some it never answers.
const askTime = 300 * time.Millisecond

// systemSilent says that the desktop does not tell whether it is light or dark,
// as those without a settings portal do. It asks as the toolkit does.
func systemSilent() bool {
	answer := make(chan error, 1)
	go func() {
		_, err := appearance.GetColorScheme()
		answer <- err
	}()
	select {
	case err := <-answer:
		return err != nil
	case <-time.After(askTime):
		return true
	}
}
