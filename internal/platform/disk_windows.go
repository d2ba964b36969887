package platform

import "golang.org/x/sys/windows"

// FreeBytes is how many bytes this user may still write on the disk that holds
// the path.
func FreeBytes(path string) (uint64, error) {
	p, err := windows.UTF16PtrFromString(path)
	if err != nil {
		return 0, err
	}
	var free uint64
	return free, windows.GetDiskFreeSpaceEx(p, &free, nil, nil)
}
