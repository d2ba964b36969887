package look

import (
	"embed"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

//go:embed icons/*.svg
var iconFiles embed.FS

// Icon names one of the program's own icons, drawn for it on a grid of 24. They
// are solid shapes, because the toolkit recolours fills only.
type Icon string

// The icons.
const (
	IconHome       Icon = "home"
	IconCalls      Icon = "calls"
	IconComplaints Icon = "complaints"
	IconFamily     Icon = "family"
	IconSettings   Icon = "settings"
	IconCheck      Icon = "check"
	IconEndpoint   Icon = "endpoint"
	IconBatch      Icon = "batch"
	IconAdvice     Icon = "advice"
	IconHelp       Icon = "help"
	// IconLine is the ringing that fades into a level line.
	IconLine Icon = "line"
	// IconBox is a box to tick. The outline of the toolkit's own is thinner
	// than a pixel, which leaves half of its contrast.
	IconBox Icon = "box"
)

// Icons lists every icon.
func Icons() []Icon {
	return []Icon{
		IconHome, IconCalls, IconComplaints, IconFamily, IconSettings, IconCheck, IconEndpoint, IconBatch, IconAdvice,
		IconHelp, IconLine, IconBox,
	}
}

// Resource is the icon in the text colour.
func (i Icon) Resource() fyne.Resource { return theme.NewThemedResource(i.static()) }

// In is the icon in a colour of the theme.
func (i Icon) In(name fyne.ThemeColorName) fyne.Resource {
	return theme.NewColoredResource(i.static(), name)
}

func (i Icon) static() fyne.Resource {
	data, err := iconFiles.ReadFile("icons/" + string(i) + ".svg")
	if err != nil { // not one of Icons; a test reads them all
		return theme.QuestionIcon()
	}
	return fyne.NewStaticResource(string(i)+".svg", data)
}
