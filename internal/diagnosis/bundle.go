package diagnosis

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// Check is one finding of the diagnostics, without its words, which name paths.
type Check struct {
	Check  string `json:"check"`
	Status string `json:"status"`
	Code   string `json:"code"`
}

// Facts are what a bundle says of the program and its data.
type Facts struct {
	Program About     `json:"program"`
	TakenAt time.Time `json:"taken_at"`
	// Schema is that of the database, 0 where there is none or it cannot be read.
	Schema int     `json:"schema"`
	Sound  bool    `json:"sound"`
	Checks []Check `json:"checks"`
	// Counts say how much there is, by kind; nil where that cannot be read.
	Counts map[string]int64 `json:"counts"`
	// Settings are those that are a choice among a few.
	Settings map[string]string `json:"settings"`
	// Registry is the version of the list of numbers.
	Registry string `json:"registry"`
}

// Params are what Write needs.
type Params struct {
	// Dir is the data folder, in which the log and the reports of faults are.
	Dir   string
	Facts Facts
	// Readme is what the bundle says of itself to people.
	Readme string
	// Known: see Log.
	Known func(key string) bool
}

// longestLog is how much of the end of the log is taken, in bytes.
const longestLog = 256 << 10

// Write writes a bundle as a zip file: readme.txt, about.json and, where there
// are some, log.txt and crash.txt. What it holds may be shown to anybody.
func Write(w io.Writer, p Params) error {
	about, err := json.MarshalIndent(p.Facts, "", "  ")
	if err != nil {
		return err
	}
	logged, err := p.log()
	if err != nil {
		return err
	}
	crash, err := p.crash()
	if err != nil {
		return err
	}
	z := zip.NewWriter(w)
	for _, f := range []struct {
		name string
		data []byte
	}{
		{"readme.txt", []byte(p.Readme)}, {"about.json", append(about, '\n')}, {"log.txt", logged}, {"crash.txt", crash},
	} {
		if len(f.data) == 0 {
			continue
		}
		to, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: p.Facts.TakenAt.UTC()})
		if err == nil {
			_, err = to.Write(f.data)
		}
		if err != nil {
			return err
		}
	}
	return z.Close()
}

// log is the end of the log.
func (p Params) log() ([]byte, error) {
	f, err := os.Open(filepath.Join(p.Dir, LogFile)) //nolint:gosec // in the data folder
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it was only read
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	from := max(0, info.Size()-longestLog)
	data, err := io.ReadAll(io.NewSectionReader(f, from, longestLog))
	if err != nil {
		return nil, err
	}
	if from > 0 { // a part of a line
		data = data[bytes.IndexByte(data, '\n')+1:]
	}
	var out bytes.Buffer
	err = Log(&out, bytes.NewReader(data), p.Known)
	return out.Bytes(), err
}

// crash is what is known of the last fault, and of one that the program has not
// looked at yet. What lies in the folder is not trusted to be harmless.
func (p Params) crash() ([]byte, error) {
	var out bytes.Buffer
	for _, name := range []string{LastCrashFile, CrashFile} {
		data, err := os.ReadFile(filepath.Join(p.Dir, name)) //nolint:gosec // in the data folder
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		out.WriteString(Stack(data))
	}
	return out.Bytes(), nil
}
