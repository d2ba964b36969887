// Package task names what the models of pages need to do work that may wait,
// so that they know neither widgets nor jobs.
package task

import "context"

// Runner does work elsewhere and calls done where the model lives, unless the
// returned function was called before.
type Runner func(work func(context.Context) error, done func(error)) (cancel func())
