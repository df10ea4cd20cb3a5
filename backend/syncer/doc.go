// Package syncer carries what the desk decided to the centre, and what the
// centre knows to this PC.
//
// Three lanes run side by side: push sends the outbox, upload sends files, pull
// fetches changes. Each lane looks at the database, does what is due and says
// when it wants to look again. Nothing is remembered between two looks but how
// the line to the centre stands, so a missed wake-up costs time and never a fact.
//
// What it guarantees:
//   - the bytes sent are the bytes frozen in the outbox; the id is the key, so a
//     resend is a replay (one work order, one effect);
//   - writes of one work order go one at a time, in their order; up to four work
//     orders go side by side;
//   - an outcome that is not known is "waiting, not confirmed", never "failed",
//     and is tried for ever;
//   - a page of changes and its cursor are stored in one transaction;
//   - no fault makes it loop tightly: every retry waits at least a second, and a
//     centre that cannot be reached is asked by one lane at a time.
//
// No clock decides anything but display: stored times of a clock that jumped
// are ignored.
package syncer
