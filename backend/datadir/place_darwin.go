package datadir

import (
	"slices"

	"golang.org/x/sys/unix"
)

func onNetwork(dir string) bool {
	var fs unix.Statfs_t
	if unix.Statfs(dir, &fs) != nil {
		return false
	}
	return slices.Contains([]string{"nfs", "smbfs", "afpfs", "webdav", "ftp"}, unix.ByteSliceToString(fs.Fstypename[:]))
}
