package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
)

// count writes how many complaints the endpoint itself tells of.
func count(ctx context.Context, out io.Writer, base string) error {
	n, cursor := 0, ""
	for {
		page, err := casesPage(ctx, base, cursor)
		if err != nil {
			return err
		}
		n += len(page.Items)
		if cursor = page.Next; cursor == "" {
			_, err = fmt.Fprintln(out, n)
			return err
		}
	}
}

type cases struct {
	Items []struct {
		ReceiptNumber string `json:"receipt_number"`
	} `json:"items"`
	Next string `json:"next"`
}

func casesPage(ctx context.Context, base, cursor string) (page cases, err error) {
	query := url.Values{"updated_since": {"2000-01-01T00:00:00Z"}, "cursor": {cursor}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/v1/complaints?"+query.Encode(), nil)
	if err != nil {
		return page, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return page, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return page, fmt.Errorf("the endpoint answered %s", resp.Status)
	}
	return page, json.NewDecoder(resp.Body).Decode(&page)
}
