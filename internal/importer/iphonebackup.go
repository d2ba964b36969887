package importer

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"strings"

	"quietline/internal/domain"
)

// A backup that Finder or iTunes made of an iPhone is a folder in which every
// file bears the SHA-1 of its domain and path, below a folder of its first two
// digits (formats.md 3.4; older backups have no such folders).
const (
	callHistoryFile = "Library/CallHistoryDB/CallHistory.storedata"
	backupManifest  = "Manifest.db"
	backupSettings  = "Manifest.plist"
)

// backupID is the name of a file of the phone's home domain in a backup.
func backupID(path string) string {
	sum := sha1.Sum([]byte("HomeDomain-" + path)) // a name, not a secret
	return hex.EncodeToString(sum[:])
}

// beside is where the file of the suffix of a database is: next to it or, in a
// backup, under a name of its own.
func beside(path, suffix string) string {
	if id := filepath.Base(path); id == backupID(callHistoryFile) {
		root := filepath.Dir(path)
		if filepath.Base(root) == id[:2] {
			root = filepath.Dir(root)
		}
		if file, ok := inBackup(root, backupID(callHistoryFile+suffix)); ok {
			return file
		}
	}
	return path + suffix
}

// inBackup finds a file of a backup by its ID.
func inBackup(root, id string) (path string, ok bool) {
	for _, path := range [...]string{filepath.Join(root, id[:2], id), filepath.Join(root, id)} {
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path, true
		}
	}
	return "", false
}

// backupLog finds the call log in the folder of a backup; empty for a folder
// that is none. It fails with Invalid "import.backup_encrypted" and
// "import.backup_no_log".
func (im *Importers) backupLog(ctx context.Context, dir string) (string, error) {
	args := domain.Args{"File": filepath.Base(dir)}
	path, found := inBackup(dir, backupID(callHistoryFile))
	if found && isSQLite(path) {
		return path, nil
	}
	manifest := filepath.Join(dir, backupManifest)
	_, err := os.Stat(manifest)
	hasManifest := err == nil
	encrypted, hasSettings := backupEncrypted(filepath.Join(dir, backupSettings))
	switch {
	case encrypted, hasManifest && !isSQLite(manifest):
		return "", domain.E(opOpen, domain.Invalid, "import.backup_encrypted", args, nil)
	case found:
		return path, nil // what is wrong with it is said when it is read
	case !hasManifest && !hasSettings:
		return "", nil
	}
	if hasManifest {
		if path, err = im.listedLog(ctx, dir, manifest); path != "" || err != nil {
			return path, err
		}
	}
	return "", domain.E(opOpen, domain.Invalid, "import.backup_no_log", args, nil)
}

// listedLog asks the table of contents of a backup where the call log is,
// empty where it has none.
func (im *Importers) listedLog(ctx context.Context, dir, manifest string) (string, error) {
	db, err := openDatabase(ctx, im.tempDir, manifest)
	if err != nil {
		return "", err
	}
	defer func() { _ = db.Close() }() // it was only read
	if _, ok := findTable(db.tables, "files", "fileid", "domain", "relativepath"); !ok {
		return "", nil
	}
	rows, err := db.db.QueryContext(ctx, `SELECT fileID FROM Files NOT INDEXED
		WHERE domain = 'HomeDomain' AND relativePath = ? AND octet_length(fileID) = 40`, callHistoryFile)
	if err != nil {
		return "", db.problem(ctx, err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return "", db.problem(ctx, err)
		}
		if strings.Trim(id, "0123456789abcdef") != "" {
			continue // no name that leads out of the folder
		}
		if path, ok := inBackup(dir, id); ok {
			return path, nil
		}
	}
	if err := rows.Err(); err != nil {
		return "", db.problem(ctx, err)
	}
	return "", nil
}

// isSQLite says whether the file begins like a database.
func isSQLite(path string) bool {
	file, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = file.Close() }() // it was only read
	head := make([]byte, 16)
	_, err = io.ReadFull(file, head)
	return err == nil && foreignMagic(head) == kindSQLite
}

// backupEncrypted reads the key IsEncrypted of a property list, which may be
// one in XML or a binary one.
func backupEncrypted(path string) (encrypted, found bool) {
	const most, key = 1 << 20, "IsEncrypted"
	file, err := os.Open(path)
	if err != nil {
		return false, false
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, most))
	if err != nil {
		return false, true
	}
	if bytes.HasPrefix(data, []byte("bplist")) {
		return binaryFlag(data, key), true
	}
	_, rest, _ := bytes.Cut(data, []byte("<key>"+key+"</key>"))
	return bytes.HasPrefix(bytes.TrimSpace(rest), []byte("<true")), true
}

// binaryFlag says whether the dictionary at the top of a binary property list
// has the key with the value true. Layout: a trailer of 32 bytes, a table of
// offsets, a dictionary as the references of its keys and then its values.
func binaryFlag(data []byte, key string) bool {
	const trailer, trueMark, dictMark, asciiMark = 32, 0x09, 0xd, 0x5
	if len(data) < trailer+8 {
		return false
	}
	end := data[len(data)-trailer:]
	offsetSize, refSize := int(end[6]), int(end[7])
	top, table := bigEndian(end[16:24]), bigEndian(end[24:32])
	object := func(ref uint64) []byte { // from the object to the end
		at := table + ref*uint64(offsetSize)
		if ref > uint64(len(data)) || at > uint64(len(data)-offsetSize) {
			return nil
		}
		if at = bigEndian(data[at : at+uint64(offsetSize)]); at >= uint64(len(data)) {
			return nil
		}
		return data[at:]
	}
	if offsetSize < 1 || offsetSize > 8 || refSize < 1 || refSize > 8 || table > uint64(len(data)) {
		return false
	}
	dict := object(top)
	if len(dict) == 0 || dict[0]>>4 != dictMark {
		return false
	}
	count, refs := int(dict[0]&0xf), dict[1:]
	if count == 0xf && len(refs) > 1 { // the number stands behind, as an integer
		width := 1 << (refs[0] & 0xf)
		if width > 8 || len(refs) < 1+width {
			return false
		}
		if n := bigEndian(refs[1 : 1+width]); n <= uint64(len(data)) {
			count, refs = int(n), refs[1+width:]
		}
	}
	if 2*count*refSize > len(refs) {
		return false
	}
	for i := range count {
		k := object(bigEndian(refs[i*refSize : (i+1)*refSize]))
		if len(k) <= len(key) || k[0] != asciiMark<<4|byte(len(key)) || string(k[1:1+len(key)]) != key {
			continue
		}
		at := (count + i) * refSize
		v := object(bigEndian(refs[at : at+refSize]))
		return len(v) > 0 && v[0] == trueMark
	}
	return false
}

// bigEndian reads a number of at most eight bytes.
func bigEndian(b []byte) uint64 {
	var full [8]byte
	copy(full[8-len(b):], b)
	return binary.BigEndian.Uint64(full[:])
}
