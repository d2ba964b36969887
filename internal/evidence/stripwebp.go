package evidence

import (
	"bufio"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"slices"
)

// The bits of the extended header that announce metadata (WebP container
// specification, "Extended File Format").
const (
	webpExif = 0x08
	webpXMP  = 0x04
)

// webpChunk is one piece of the file.
type webpChunk struct {
	kind    string
	at, len int64 // of its contents
}

func (c webpChunk) padded() int64 { return c.len + c.len&1 }

// webpChunks are those that the picture is made of.
func webpChunks() []string { return []string{"VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP"} }

// stripWebP goes over the file twice, because the size of the whole stands at
// its beginning.
func stripWebP(w *bufio.Writer, src io.ReadSeeker) (gone removed, err error) {
	keep, exif, gone, err := webpPlan(src)
	if err != nil {
		return gone, err
	}
	size := int64(4)
	extended := false
	for _, c := range keep {
		size += 8 + c.padded()
		extended = extended || c.kind == "VP8X"
	}
	if !extended {
		exif = nil // nothing could announce it
	}
	if exif != nil {
		size += 8 + int64(len(exif))
	}
	if size > math.MaxUint32 {
		return gone, errDamaged
	}
	head := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(size)) //nolint:gosec // checked above
	if err := writeAll(w, head, []byte("WEBP")); err != nil {
		return gone, err
	}
	for _, c := range keep {
		if err := copyChunk(w, src, c, exif != nil); err != nil {
			return gone, err
		}
	}
	if exif == nil {
		return gone, nil
	}
	return gone, writeAll(w, webpHead("EXIF", int64(len(exif))), exif)
}

func webpHead(kind string, n int64) []byte {
	return binary.LittleEndian.AppendUint32([]byte(kind), uint32(n)) //nolint:gosec // read as such
}

// webpPlan reads what the file is made of: what stays, and Exif data that turns
// the picture, or nil.
func webpPlan(src io.ReadSeeker) (keep []webpChunk, exif []byte, gone removed, err error) {
	var head [12]byte
	if _, err := io.ReadFull(src, head[:]); err != nil || string(head[:4]) != "RIFF" || string(head[8:]) != "WEBP" {
		return nil, nil, gone, errors.Join(errDamaged, err)
	}
	total, err := src.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, nil, gone, err
	}
	end := int64(binary.LittleEndian.Uint32(head[4:])) + 8
	switch {
	case end > total+1, end < 12: // a last byte that fills up may be missing
		return nil, nil, gone, errDamaged
	case end < total:
		gone.details = true
	}
	for at, kept := int64(12), webpChunks(); at+8 <= end; {
		if _, err := src.Seek(at, io.SeekStart); err != nil {
			return nil, nil, gone, err
		}
		var h [8]byte
		if _, err := io.ReadFull(src, h[:]); err != nil {
			return nil, nil, gone, cut(err)
		}
		c := webpChunk{kind: string(h[:4]), at: at + 8, len: int64(binary.LittleEndian.Uint32(h[4:]))}
		if c.at+c.len > total || len(keep) > maxFrames {
			return nil, nil, gone, errDamaged
		}
		if slices.Contains(kept, c.kind) {
			keep = append(keep, c)
		} else {
			say, err := lookInto(src, c.len, c.kind == "EXIF" && exif == nil, &gone)
			if err != nil {
				return nil, nil, gone, err
			}
			if say != nil {
				exif = say
			}
		}
		at = c.at + c.padded()
	}
	if len(keep) == 0 {
		return nil, nil, gone, errDamaged
	}
	return keep, exif, gone, nil
}

// maxFrames bounds the pieces of a moving picture, so that a file of empty ones
// costs little.
const maxFrames = 100_000

func copyChunk(w *bufio.Writer, src io.ReadSeeker, c webpChunk, exif bool) error {
	if _, err := src.Seek(c.at, io.SeekStart); err != nil {
		return err
	}
	if err := writeAll(w, webpHead(c.kind, c.len)); err != nil {
		return err
	}
	left := c.len
	if c.kind == "VP8X" && left > 0 {
		var flags [1]byte
		if _, err := io.ReadFull(src, flags[:]); err != nil {
			return cut(err)
		}
		flags[0] &^= webpExif | webpXMP
		if exif {
			flags[0] |= webpExif
		}
		if err := writeAll(w, flags[:]); err != nil {
			return err
		}
		left--
	}
	if err := copyN(w, src, left); err != nil {
		return err
	}
	return writeAll(w, make([]byte, c.padded()-c.len))
}
