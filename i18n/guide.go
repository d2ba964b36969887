package i18n

import "embed"

//go:embed guide
var guide embed.FS

// Guide gives the texts of the guide: a folder guide/LANGUAGE for each language,
// in it a Markdown file for each topic.
func Guide() embed.FS { return guide }
