package domain_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"quietline/internal/domain"
)

func TestKindOf(t *testing.T) {
	invalid := domain.E("op", domain.Invalid, "time.invalid", nil, context.Canceled)
	for want, errs := range map[domain.Kind][]error{
		"":               {nil},
		domain.Invalid:   {invalid, fmt.Errorf("reading: %w", invalid), domain.Problems{invalid}},
		domain.Cancelled: {context.Canceled, fmt.Errorf("reading: %w", context.DeadlineExceeded)},
		domain.Internal:  {errors.New("odd")},
	} {
		for _, err := range errs {
			if got := domain.KindOf(err); got != want {
				t.Errorf("%v is %q, want %q", err, got, want)
			}
		}
	}
}
