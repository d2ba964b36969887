package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"

	"quietline/internal/platform"
	"quietline/internal/workspace"
)

// bare posts every body of the outbox, under new keys, and writes down nothing:
// what sending would cost if nothing had to be remembered. It prints the seconds
// that it took.
func bare(ctx context.Context, out io.Writer, dir, base string, workers int) error {
	bodies, err := payloads(ctx, filepath.Join(dir, workspace.DatabaseFile))
	if err != nil {
		return err
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers}}
	var next atomic.Int64
	var wg sync.WaitGroup
	faults := make([]error, workers)
	begun := time.Now()
	for w := range workers {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(bodies) {
					return
				}
				if err := post(ctx, client, base, bodies[i]); err != nil {
					faults[w] = err
					return
				}
			}
		})
	}
	wg.Wait()
	if err := errors.Join(faults...); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%.3f\n", time.Since(begun).Seconds())
	return err
}

func payloads(ctx context.Context, path string) (_ [][]byte, err error) {
	db, err := sql.Open("sqlite3", "file:"+url.PathEscape(path)+"?mode=ro")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, err := db.QueryContext(ctx, "SELECT payload FROM outbox ORDER BY complaint")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	var out [][]byte
	for rows.Next() {
		var body []byte
		if err := rows.Scan(&body); err != nil {
			return nil, err
		}
		out = append(out, body)
	}
	return out, rows.Err()
}

func post(ctx context.Context, client *http.Client, base string, body []byte) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, base+"/v1/complaints", bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", `"`+platform.Source{}.UUID()+`"`)
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	var filed struct {
		ReceiptNumber string `json:"receipt_number"`
	}
	if err := json.Unmarshal(text, &filed); err != nil {
		return err
	}
	if resp.StatusCode != http.StatusCreated || filed.ReceiptNumber == "" {
		return fmt.Errorf("the endpoint answered %s", resp.Status)
	}
	return nil
}
