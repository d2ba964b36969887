package kit

// PageHelp is the guide; it stands at the end of the navigation.
const PageHelp PageID = "help"

// RouteHelp leads to a topic of the guide, or to the guide as it was left where the
// ID is empty.
func RouteHelp(topic string) Route {
	if topic == "" {
		return Route{Page: PageHelp}
	}
	return Route{Page: PageHelp, Action: ActionOpen, ID: topic}
}
