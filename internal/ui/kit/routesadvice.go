package kit

// ActionNewer looks for a newer list of numbers, with which advice comes.
const ActionNewer = "newer"

// RouteNewer leads to a newer list of numbers and advice.
func RouteNewer() Route { return Route{Page: PageCheck, Action: ActionNewer} }

// RouteAdvice leads to an entry of the advice, or to the list where the ID is
// empty.
func RouteAdvice(id string) Route { return Route{Page: PageAdvice, Action: ActionOpen, ID: id} }
