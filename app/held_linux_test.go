package app

import "syscall"

// narrow lets the system keep little of what a held printer has not read: with the
// long segments of a line inside one PC it takes a whole job.
func narrow(_, _ string, c syscall.RawConn) (err error) {
	if e := c.Control(func(fd uintptr) {
		if err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, 8<<10); err == nil {
			err = syscall.SetsockoptInt(int(fd), syscall.IPPROTO_TCP, syscall.TCP_MAXSEG, 1400)
		}
	}); e != nil {
		return e
	}
	return err
}
