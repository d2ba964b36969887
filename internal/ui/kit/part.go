package kit

import (
	"context"

	"fyne.io/fyne/v2"
)

// Part is a part of a page that another package makes. Its methods are called
// as those of a Page, while the part is shown.
type Part interface {
	// Content builds the widgets in the words, sizes and colours of the moment.
	Content() fyne.CanvasObject
	// Enter says that the part is shown; the context ends with that.
	Enter(ctx context.Context)
	Leave()
	// Changed names what was stored elsewhere (Env.Announce).
	Changed(topic string)
}
