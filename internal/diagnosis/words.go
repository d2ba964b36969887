package diagnosis

import "strings"

// said are the words of errors of the system, of the network and of the database.
var said = vocabulary() //nolint:gochecknoglobals // a table, never changed

func vocabulary() map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(`
		a access accepted address after again already an and answer argument as at attempt available back bad be been before bind
		bits broken bus busy by bytes cache canceled cancelled cannot cause certificate changed channel client close closed code
		column concurrent connect connection constraint context corrupt could count create cross-device data database deadline
		denied descriptor dereference device dial directory disk display does doesn't dropped eof empty encoded end ended error
		exceeded exec exhausted exists exit expected expired failed failure family fault file files for format found from full
		generic get glx goroutine has have header host http https i/o id image in index input internal interrupted invalid io is
		keyring length limit link locked lookup long lost malformed many map memory message method missing mode name network nil
		no node not null object of offline on only open opengl operation or os out overflow owner panic parameter peer
		permission permitted pipe platform pointer port post process protocol put query range read read-only reading ready
		reason refused registered remote rename request required reset resource response result retry route row rows runtime
		sector seek send server service session shared signal size socket space sqlite stale state statement stopped stream
		such supported syntax system table tcp temporarily temporary terminated text the time timed timeout tls to token too
		transaction truncated type udp unable unavailable unexpected unique unix unknown unreachable unsupported until use used
		value version wait was while window with without write writing wrong x11 x509 zip`) {
		out[w] = true
	}
	return out
}
