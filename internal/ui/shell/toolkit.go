package shell

import (
	"fyne.io/fyne/v2/lang"

	"quietline/i18n"
	"quietline/internal/l10n"
)

// SpeakToolkit puts our words for the toolkit's own sentences (the buttons of
// its dialogs, the menu of a text field) in place, in the language. The
// toolkit has no way to choose a language: it takes the system's. So the
// sentences of the chosen language are registered under the system's locale;
// doing so again switches at run time.
func SpeakToolkit(l l10n.Language) error {
	data, err := i18n.Files().ReadFile("fyne." + string(l) + ".json")
	if err != nil {
		return err
	}
	return lang.AddTranslationsForLocale(data, lang.SystemLocale())
}
