package practice

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"net"
	"net/http"
	"sync"
)

// maxRemembered bounds the memory of the dice, in keys.
const maxRemembered = 1 << 17

// dice decide which request meets which fault. A draw depends on the seed, the
// idempotency key, how often that key has come and the name of the fault, and
// on nothing else: the order in which requests arrive does not change it.
type dice struct {
	seed  uint64
	mu    sync.Mutex
	tries map[string]int
}

func newDice(seed uint64) *dice { return &dice{seed: seed, tries: map[string]int{}} }

// roll begins one try of a key. The result says whether a fault of the given
// name and probability strikes it.
func (d *dice) roll(key string) func(name string, probability float64) bool {
	d.mu.Lock()
	if len(d.tries) >= maxRemembered {
		clear(d.tries)
	}
	d.tries[key]++
	try := d.tries[key]
	d.mu.Unlock()
	return func(name string, probability float64) bool {
		sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00%s\x00%d\x00%s", d.seed, key, try, name))
		// 53 bits are what a float64 between 0 and 1 holds exactly.
		draw := float64(binary.BigEndian.Uint64(sum[:8])>>11) / (1 << 53)
		return draw < probability
	}
}

// choose draws one of n for something that is known by these bytes.
func choose(seed uint64, about []byte, n int) int {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d\x00course\x00%x", seed, about))
	return int(binary.BigEndian.Uint64(sum[:8]) % uint64(n)) //nolint:gosec // n is a handful
}

// cut ends the connection without an answer, with a reset where possible.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // net/http then closes the connection
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		// Zero makes Close reset the connection. Where that fails it is closed
		// in the ordinary way, and the client has no answer either way.
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
