package kit

import "context"

// Runner lets a model, which knows neither widgets nor jobs, do work that may
// wait. The context is asked for each time, because a page gets another one
// whenever it is entered; nil means that the page is not shown and nothing is
// done. The work's own panics come to done as errors.
func Runner(j *Jobs, ctx func() context.Context) func(work func(context.Context) error, done func(error)) (cancel func()) {
	return func(work func(context.Context) error, done func(error)) func() {
		c := ctx()
		if c == nil {
			return func() {}
		}
		return Do(c, j, work, done).Cancel
	}
}
