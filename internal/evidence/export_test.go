package evidence

import (
	"bytes"
	"io"
)

// Strip takes out of a picture what is not the picture.
func Strip(mediaType string, data []byte) (out []byte, location, details bool, err error) {
	var b bytes.Buffer
	r, err := strip(mediaType, &b, bytes.NewReader(data))
	return b.Bytes(), r.location, r.details, err
}

// Sniff tells what bytes are.
func Sniff(data []byte) (string, error) { return sniff(bytes.NewReader(data)) }

// NameOf is under which name a file is kept.
func NameOf(path, mediaType string) (string, bool) { return nameOf(path, mediaType) }

// Orientation is what Exif data says of it, 0 where it is none.
func Orientation(data []byte) uint16 {
	t, _ := exifOf(data)
	return t.orientation
}

// Failing makes every file that the vault writes fail after so many bytes.
func (v *Vault) Failing(after int, err error) {
	create := v.create
	v.create = func(dir string) (file, error) {
		f, cerr := create(dir)
		return &failing{file: f, left: after, err: err}, cerr
	}
}

type failing struct {
	file
	left int
	err  error
}

func (f *failing) Write(p []byte) (int, error) {
	if len(p) > f.left {
		return 0, f.err
	}
	f.left -= len(p)
	return f.file.Write(p)
}

// StripTo strips from one place to another.
func StripTo(mediaType string, dst io.Writer, src io.ReadSeeker) error {
	_, err := strip(mediaType, dst, src)
	return err
}
