package folders

import (
	"slices"
	"strings"
)

// Ignored says whether a file or folder of this name is left alone: hidden
// ones, and what browsers, sync programs, office programs and network drives
// leave behind or have not finished.
func Ignored(name string) bool {
	low := strings.ToLower(name)
	for _, p := range ignoredPrefixes() {
		if strings.HasPrefix(low, p) {
			return true
		}
	}
	for _, s := range ignoredSuffixes() {
		if strings.HasSuffix(low, s) {
			return true
		}
	}
	return low == "" || slices.Contains(ignoredNames(), low)
}

// A point begins what is hidden, and so the temporary files of Syncthing,
// rsync, LibreOffice and Nextcloud.
func ignoredPrefixes() []string { return []string{".", "~$", "~syncthing~", "#recycle", "@eadir"} }

func ignoredSuffixes() []string {
	return []string{
		".part", ".partial", ".filepart", ".crdownload", ".download", ".downloading", ".opdownload",
		".tmp", ".temp", ".swp", ".lock", ".lnk", ".xltd", ".!qb", ".bc!", "~",
	}
}

func ignoredNames() []string {
	return []string{"desktop.ini", "thumbs.db", "ehthumbs.db", "$recycle.bin", "system volume information", "lost+found"}
}
