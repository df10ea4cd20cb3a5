package datadir

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"
)

// networks are file systems of other machines, as the kernel numbers them.
var networks = map[uint32]bool{
	unix.NFS_SUPER_MAGIC: true, unix.SMB_SUPER_MAGIC: true, unix.SMB2_SUPER_MAGIC: true, unix.CIFS_SUPER_MAGIC: true,
	unix.AFS_SUPER_MAGIC: true, unix.AFS_FS_MAGIC: true, unix.CODA_SUPER_MAGIC: true, unix.CEPH_SUPER_MAGIC: true,
}

// faraway are file systems in programs that read another machine. Such programs
// also serve local disks, so the number alone says nothing.
var faraway = []string{
	"fuse.sshfs", "fuse.rclone", "fuse.gvfsd-fuse", "fuse.google-drive-ocamlfuse", "fuse.onedriver", "fuse.s3fs",
	"fuse.davfs", "fuse.glusterfs", "fuse.curlftpfs", "fuse.dropbox", "fuse.kio-fuse", "fuse.gcsfuse",
}

func onNetwork(dir string) bool {
	var fs unix.Statfs_t
	if unix.Statfs(dir, &fs) != nil {
		return false // whatever is wrong there, opening a file will say it
	}
	switch kind := uint32(fs.Type); kind {
	case unix.FUSE_SUPER_MAGIC, unix.V9FS_MAGIC:
		table, err := os.ReadFile("/proc/self/mountinfo")
		return err == nil && farMount(string(table), dir)
	default:
		return networks[kind]
	}
}

// farMount reports whether the mount that holds a folder is another machine's,
// or Windows' own disk seen from its Linux.
func farMount(table, dir string) bool {
	best, far := -1, false
	for line := range strings.Lines(table) {
		before, after, ok := strings.Cut(strings.TrimSpace(line), " - ")
		head, tail := strings.Fields(before), strings.Fields(after)
		if !ok || len(head) < 5 || len(tail) < 3 {
			continue
		}
		point := unescaped.Replace(head[4])
		if !within(dir, filepath.Clean(point)) || len(point) < best {
			continue
		}
		best, far = len(point), tail[0] == "9p" && strings.Contains(tail[2], "aname=drvfs")
		for _, kind := range faraway {
			far = far || tail[0] == kind
		}
	}
	return far
}

var unescaped = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)
