// Package domain holds the language of the product: calls, numbers, people,
// complaints, channels and the errors all of them speak. It is pure: no SQL,
// no HTTP, no GUI and no wall clock.
package domain

import "time"

// Clock tells the time. Everything that needs the time takes one, so that
// tests decide what time it is.
type Clock interface {
	// Now is the current instant.
	Now() time.Time
}

// Source makes identifiers and random numbers. Implementations are safe for
// concurrent use.
type Source interface {
	// UUID is a new random (version 4) UUID in canonical lower-case form.
	UUID() string
	// Float64 is a number in [0, 1), used for jitter.
	Float64() float64
}

// China is the zone in which a time without an offset is read and in which
// times are shown, unless the user asks for another one. China has had one
// zone without daylight saving since 1992, so a fixed offset is exact for
// every call this product can hold.
func China() *time.Location { return time.FixedZone("Asia/Shanghai", 8*60*60) }
