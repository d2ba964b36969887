package kit

// ActionAdded says that the page which was gone to for it has added the channel
// whose name the ID is.
const ActionAdded = "added"

// ActionAgain opens the first steps from their beginning.
const ActionAgain = "again"

// RouteWelcome leads to the first steps from their beginning.
func RouteWelcome() Route { return Route{Page: PageWelcome, Action: ActionAgain} }

// RouteAddChannel leads to the assistant for a new channel, which comes back to the
// page.
func RouteAddChannel(from PageID) Route { return Route{Page: PageEndpoint, ID: string(from)} }
