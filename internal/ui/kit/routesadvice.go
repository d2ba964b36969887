package kit

// RouteAdvice leads to an entry of the advice, or to the list where the ID is
// empty.
func RouteAdvice(id string) Route { return Route{Page: PageAdvice, Action: ActionOpen, ID: id} }
