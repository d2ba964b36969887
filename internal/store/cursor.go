package store

import (
	"encoding/base64"
	"strconv"
	"strings"

	"quietline/internal/domain"
)

// A cursor names the last row of the page before: the list it belongs to and
// the numbers by which that list is sorted.
const (
	callCursor      = "call"
	complaintCursor = "complaint"
)

func makeCursor(list string, keys ...int64) string {
	var b strings.Builder
	b.WriteString(list)
	for _, k := range keys {
		b.WriteByte(' ')
		b.WriteString(strconv.FormatInt(k, 10))
	}
	return base64.RawURLEncoding.EncodeToString([]byte(b.String()))
}

// readCursor fails with Invalid "page.cursor_invalid" for anything that
// makeCursor did not make for this list.
func readCursor(op, list, cursor string, keys ...*int64) error {
	invalid := func(cause error) error {
		return domain.E(op, domain.Invalid, "page.cursor_invalid", nil, cause)
	}
	raw, err := base64.RawURLEncoding.Strict().DecodeString(cursor)
	if err != nil {
		return invalid(err)
	}
	parts := strings.Split(string(raw), " ")
	if parts[0] != list || len(parts) != len(keys)+1 {
		return invalid(nil)
	}
	for i, k := range keys {
		if *k, err = strconv.ParseInt(parts[i+1], 10, 64); err != nil {
			return invalid(err)
		}
	}
	return nil
}

// pageLimit is the limit of the page, or the largest where it asks for none
// or for too much: the cursor tells that there is more.
func pageLimit(p domain.Page) int {
	if p.Limit < 1 || p.Limit > domain.MaxPageSize {
		return domain.MaxPageSize
	}
	return p.Limit
}
