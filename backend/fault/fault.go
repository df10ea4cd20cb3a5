// Package fault names the moments at which tests let a program die. Released
// programs do not have them: without the build tag "faults" a Hit is nothing.
package fault

// Point is a moment between two steps that a power cut may part.
type Point string

// The moments, in the order in which a decision comes to them.
const (
	OutboxBeforeCommit Point = "outbox.beforeCommit" // the person has not been told yet
	OutboxAfterCommit  Point = "outbox.afterCommit"  // it is queued, and nobody has sent it
	SendBeforeRead     Point = "send.beforeRead"     // the centre has answered, and nobody has read it
	SendBeforeAccept   Point = "send.beforeAccept"   // the answer is read, and not kept
	CentreBeforeCommit Point = "centre.beforeCommit" // the deed is done in a transaction that is open
	CentreAfterCommit  Point = "centre.afterCommit"  // the deed is done, and nobody was told
	UploadBeforeRecord Point = "upload.beforeRecord" // bytes are on the disk, and the offset is not
	UploadBeforeKeep   Point = "upload.beforeKeep"   // the file is whole, and nobody knows it
	PullBeforeApply    Point = "pull.beforeApply"    // a page is read, and not kept
	PullAfterApply     Point = "pull.afterApply"     // a page and its cursor are kept
)

// Points lists every moment.
func Points() []Point {
	return []Point{OutboxBeforeCommit, OutboxAfterCommit, SendBeforeRead, SendBeforeAccept, CentreBeforeCommit,
		CentreAfterCommit, UploadBeforeRecord, UploadBeforeKeep, PullBeforeApply, PullAfterApply}
}
