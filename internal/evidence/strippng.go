package evidence

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
	"slices"
)

const (
	pngMark = "\x89PNG\r\n\x1a\n"
	// maxPiece is the largest piece of metadata that is looked into, in bytes.
	maxPiece = 1 << 20
	// pngMost is the longest chunk (PNG, third edition, 5.3).
	pngMost = 1<<31 - 1
)

// pngChunks are those that say how the picture looks. Of the others, what a
// viewer must know (the first letter is a capital) is passed on too.
func pngChunks() []string {
	return []string{
		"tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "mDCV", "cLLI", "bKGD", "hIST", "pHYs", "sPLT",
		"acTL", "fcTL", "fdAT",
	}
}

func stripPNG(w *bufio.Writer, r *bufio.Reader) (gone removed, err error) {
	mark := make([]byte, len(pngMark))
	if _, err := io.ReadFull(r, mark); err != nil || string(mark) != pngMark {
		return gone, errors.Join(errDamaged, err)
	}
	if err := writeAll(w, mark); err != nil {
		return gone, err
	}
	for said, keep := false, pngChunks(); ; {
		var head [8]byte
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return gone, cut(err)
		}
		n, kind := int64(binary.BigEndian.Uint32(head[:])), string(head[4:])
		if n > pngMost {
			return gone, errDamaged
		}
		if kind[0]&0x20 == 0 || slices.Contains(keep, kind) {
			if err := writeAll(w, head[:]); err != nil {
				return gone, err
			}
			if err := copyN(w, r, n+4); err != nil { // with its check sum
				return gone, err
			}
			if kind == "IEND" {
				return gone, behind(r, &gone)
			}
			continue
		}
		say, err := lookInto(r, n, kind == "eXIf" && !said, &gone)
		if err == nil {
			err = skip(r, 4)
		}
		if err == nil && say != nil {
			said = true
			err = writeChunk(w, kind, say)
		}
		if err != nil {
			return gone, err
		}
	}
}

// behind notes what stands behind the end of a picture and is left out.
func behind(r *bufio.Reader, gone *removed) error {
	if _, err := r.Peek(1); err != nil {
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err
	}
	gone.details = true
	return lookFor(r, gone)
}

// lookInto leaves out n bytes of metadata and looks into the beginning of them.
// Of Exif data it gives what is to stand in its place.
func lookInto(r io.Reader, n int64, exif bool, gone *removed) (say []byte, err error) {
	data := make([]byte, min(n, maxPiece))
	if _, err := io.ReadFull(r, data); err != nil {
		return nil, cut(err)
	}
	if exif {
		say = gone.upright(data)
	} else {
		gone.metadata(data)
	}
	return say, skip(r, n-int64(len(data)))
}

func writeChunk(w *bufio.Writer, kind string, data []byte) error {
	body := append([]byte(kind), data...)
	head := binary.BigEndian.AppendUint32(nil, uint32(len(data))) //nolint:gosec // a few bytes
	return writeAll(w, head, body, binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(body)))
}
