package practice

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

const (
	// maxEvidenceBytes is the largest file of evidence.
	maxEvidenceBytes = 20 << 20
	// maxFileName bounds what a file is called, in characters.
	maxFileName = 255
	// maxMediaType bounds the name of a media type, in characters.
	maxMediaType = 100
	// maxData bounds the file of the endpoint, so that practising cannot fill a
	// disk.
	maxData = 1 << 30
)

// digestForm is SHA-256 in lower-case hexadecimal.
var digestForm = regexp.MustCompile(`^[0-9a-f]{64}$`)

// errFull says that the file of the endpoint is as large as it may be.
var errFull = errors.New("practice: the file is full")

// evidenceTypes are the media types that are taken.
func evidenceTypes() []string {
	return []string{
		"image/png", "image/jpeg", "image/webp", "application/pdf", "text/plain",
		"audio/mpeg", "audio/mp4", "audio/aac", "audio/amr", "audio/ogg", "audio/wav", "video/mp4",
	}
}

// evidence stores a file that belongs to a complaint, once: the path names its
// digest.
func (s *Server) evidence(number, digest string) handler {
	return func(w http.ResponseWriter, r *http.Request) *problem {
		rec, p := s.find(r, number)
		switch {
		case p != nil:
			return p
		case !digestForm.MatchString(digest):
			return notFound()
		}
		kind, p := evidenceType(r.Header)
		if p != nil {
			return p
		}
		body, p := readFile(w, r)
		if p != nil {
			return p
		}
		if sum := sha256.Sum256(body); hex.EncodeToString(sum[:]) != digest {
			return &problem{status: http.StatusUnprocessableEntity, slug: "digest-differs"}
		}
		added, err := s.db.addFile(context.WithoutCancel(r.Context()), rec.id, file{
			digest: digest, mediaType: kind, size: int64(len(body)), at: s.p.Clock.Now(),
		}, body)
		switch {
		case errors.Is(err, errFull):
			return storageFull()
		case err != nil:
			return s.fault(r, err)
		case added:
			w.WriteHeader(http.StatusCreated)
		default:
			w.WriteHeader(http.StatusNoContent)
		}
		return nil
	}
}

// evidenceType reads the media type, which must be one of those that are taken,
// and refuses a coding: the digest is that of the plain bytes.
func evidenceType(h http.Header) (string, *problem) {
	kind, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	coding := h.Get("Content-Encoding")
	if err != nil || !slices.Contains(evidenceTypes(), kind) || coding != "" && !strings.EqualFold(coding, "identity") {
		return "", &problem{status: http.StatusUnsupportedMediaType, slug: "evidence-type"}
	}
	return kind, nil
}

// readFile takes in a body of bytes.
func readFile(w http.ResponseWriter, r *http.Request) ([]byte, *problem) {
	if r.ContentLength > maxEvidenceBytes {
		return nil, fileTooLarge()
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxEvidenceBytes))
	var large *http.MaxBytesError
	var late net.Error
	switch {
	case errors.As(err, &large):
		return nil, fileTooLarge()
	case errors.As(err, &late) && late.Timeout():
		return nil, &problem{status: http.StatusRequestTimeout, slug: "request-timeout"}
	case err != nil:
		return nil, badRequest("body-incomplete")
	}
	return body, nil
}

func fileTooLarge() *problem {
	return &problem{status: http.StatusRequestEntityTooLarge, slug: "file-too-large"}
}

// storageFull asks for a long wait: somebody has to make room first.
func storageFull() *problem {
	return problem{status: http.StatusServiceUnavailable, slug: "storage-full"}.with("Retry-After", retryAfter(time.Hour))
}

// file is evidence as stored, without its bytes.
type file struct {
	digest, mediaType string
	size              int64
	at                time.Time
}

// addFile stores a file; added is false where the complaint has it already.
func (d *database) addFile(ctx context.Context, complaint int64, f file, body []byte) (added bool, err error) {
	if err := d.room(ctx, len(body)); err != nil {
		return false, err
	}
	res, err := d.sql.ExecContext(ctx, `
		INSERT INTO evidence (complaint, sha256, media_type, bytes, received_at) VALUES (?, ?, ?, ?, ?)
			ON CONFLICT (complaint, sha256) DO NOTHING`, complaint, f.digest, f.mediaType, body, f.at.UnixMilli())
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// files lists what came for a complaint, in the order in which it came.
func (d *database) files(ctx context.Context, complaint int64) (out []file, err error) {
	rows, err := d.sql.QueryContext(ctx, `
		SELECT sha256, media_type, length(bytes), received_at FROM evidence WHERE complaint = ? ORDER BY rowid`, complaint)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var f file
		var at int64
		if err := rows.Scan(&f.digest, &f.mediaType, &f.size, &at); err != nil {
			return nil, err
		}
		f.at = time.UnixMilli(at)
		out = append(out, f)
	}
	return out, rows.Err()
}

// room fails with errFull where the file would grow beyond its bound.
func (d *database) room(ctx context.Context, more int) error {
	var pages, size int64
	if err := d.sql.QueryRowContext(ctx, "SELECT page_count, page_size FROM pragma_page_count, pragma_page_size").Scan(&pages, &size); err != nil {
		return err
	}
	if pages*size+int64(more) > d.most {
		return errFull
	}
	return nil
}
