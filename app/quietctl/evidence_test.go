package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"

	"github.com/rogpeppe/go-internal/testscript"
)

// shelf: starts an endpoint that takes pictures and texts of up to 1 MB, for the
// length of the script, and puts its address into $URL. What it took lies in the
// folder "shelf". While there is a file "down", it takes no files; while there
// is a file "no-pictures", it refuses pictures that its capabilities promise to
// take.
func shelf(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: shelf")
	}
	folder := ts.MkAbs("shelf")
	ts.Check(os.MkdirAll(folder, 0o700))
	down, noPictures := ts.MkAbs("down"), ts.MkAbs("no-pictures")
	there := func(path string) bool {
		_, err := os.Stat(path)
		return err == nil
	}
	var n atomic.Int32
	answer := func(w http.ResponseWriter, status int, body string) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		data, err := io.ReadAll(r.Body)
		switch {
		case err != nil:
		case r.Method == http.MethodPut && there(down):
			w.Header().Set("Retry-After", "3600")
			answer(w, http.StatusInternalServerError, `{}`)
		case r.Method == http.MethodPut && there(noPictures) && strings.HasPrefix(r.Header.Get("Content-Type"), "image/"):
			answer(w, http.StatusUnsupportedMediaType, `{"title":"no pictures today"}`)
		case r.Method == http.MethodPut:
			sum := sha256.Sum256(data)
			digest := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
			if hex.EncodeToString(sum[:]) != digest {
				answer(w, http.StatusUnprocessableEntity, `{"type":"https://quietline.example/problems/digest-differs"}`)
				return
			}
			if os.WriteFile(folder+"/"+digest, data, 0o600) == nil {
				w.WriteHeader(http.StatusCreated)
			}
		case r.Method == http.MethodPost:
			answer(w, http.StatusCreated, fmt.Sprintf(`{"receipt_number":"S-%d","case_state":"received","received_at":"2024-05-20T09:20:00+08:00"}`, n.Add(1)))
		default:
			answer(w, http.StatusOK, `{"name":"shelf","api_version":"1","practice":false,"categories":[],"techniques":[],"max_calls_per_complaint":5,`+
				`"max_call_age_days":null,"max_evidence_bytes":1048576,"evidence_types":["image/*","text/plain"],"rate_limit_per_second":null,"on_behalf_allowed":true}`)
		}
	}))
	ts.Setenv("URL", server.URL)
	ts.Defer(server.Close)
}

// gpsPicture FILE: writes a JPEG that says where it was taken.
func gpsPicture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: picture FILE")
	}
	var b bytes.Buffer
	ts.Check(jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8)), nil))
	xmp := `http://ns.adobe.com/xap/1.0/` + "\x00" + `<x:xmpmeta exif:GPSLatitude="39,54.25N"/>`
	segment := append([]byte{0xff, 0xe1, 0, byte(len(xmp) + 2)}, xmp...)
	data := append(append(bytes.Clone(b.Bytes()[:2]), segment...), b.Bytes()[2:]...)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
}
