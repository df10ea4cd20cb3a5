package datadir

import (
	"testing"

	"golang.org/x/sys/unix"
)

func TestAMountOfAnotherMachineIsKnown(t *testing.T) {
	const table = `22 1 0:21 / / rw,relatime - ext4 /dev/sda1 rw
40 22 0:45 / /home/a/far\040disk rw,nosuid - fuse.sshfs a@b:/x rw,user_id=1000
41 22 0:46 / /home/a/usb rw,nosuid - fuseblk /dev/sdb1 rw
42 22 0:47 / /mnt/c rw,noatime - 9p C:\134 rw,aname=drvfs;path=C:\;uid=1000
43 40 0:48 / /home/a/far\040disk/near rw - ext4 /dev/sdc1 rw
`
	for dir, far := range map[string]bool{
		"/home/a/far disk/hashmend":      true,
		"/home/a/far disk":               true,
		"/home/a/far disk/near/hashmend": false,
		"/home/a/far disks":              false,
		"/home/a/usb/hashmend":           false,
		"/mnt/c/Users/a":                 true,
		"/mnt/cd":                        false,
		"/home/a":                        false,
	} {
		if got := farMount(table, dir); got != far {
			t.Errorf("%s: %t", dir, got)
		}
	}
	for _, kind := range []uint32{unix.NFS_SUPER_MAGIC, unix.SMB2_SUPER_MAGIC, unix.CIFS_SUPER_MAGIC} {
		if !networks[kind] {
			t.Errorf("%x is not known", kind)
		}
	}
	if networks[unix.TMPFS_MAGIC] || networks[unix.EXT4_SUPER_MAGIC] || onNetwork(t.TempDir()) {
		t.Error("a disk of this PC counts as far away")
	}
}
