// Package storetest holds what every store of a centre must do, whatever it is made
// of: the conformance suite of centre.Store.
package storetest

import (
	"context"
	"testing"

	"hashmend/backend/centre"
)

// Engine is a kind of store.
type Engine struct {
	Open func(testing.TB) centre.Store // an empty one, closed by the test's end
	// Exec runs a statement that the program does not have.
	Exec func(ctx context.Context, s centre.Store, statement string) error
	// Refused tells a constraint's refusal from other errors.
	Refused func(error) bool
}

// Run runs the suite.
func Run(t *testing.T, e Engine) {
	for _, rule := range []struct {
		name string
		test func(*testing.T, Engine)
	}{
		{"a row of another work order is not overwritten", aRowOfAnotherWorkOrderIsNotOverwritten},
		{"the log and the answers are append only", theLogAndTheAnswersAreAppendOnly},
		{"a head moves forward only", aHeadMovesForwardOnly},
		{"a row is in its own feed and in that of everything", aRowIsInItsOwnFeedAndInThatOfEverything},
		{"numbers are given in order within aYear", numbersAreGivenInOrderWithinAYear},
		{"an invite is used once", anInviteIsUsedOnce},
		{"a failed update leaves nothing", aFailedUpdateLeavesNothing},
		{"a view sees one moment", aViewSeesOneMoment},
		{"rivals for a scope commit one after the other", rivalsForAScope},
		{"what a rival has changed is not overwritten", whatARivalHasChanged},
		{"the same answer from two is kept once", theSameAnswerTwice},
		{"numbers are never given twice", numbersAreNeverGivenTwice},
		{"order is that of bytes", orderIsThatOfBytes},
		{"a text is kept as it is or refused", aTextIsKeptOrRefused},
		{"deletions are forgotten and old cursors known", deletionsAreForgotten},
		{"people come in as they were saved", peopleAsSaved},
		{"a lookup finds open work orders, latest first", aLookupFindsOpen},
		{"files are known to whom they belong", filesAsSaved},
		{"a letter stands in the outbox once and is claimed once", lettersOnce},
		{"open work orders are listed behind a key", openOnesBehindAKey},
		{"a payment is looked at once when it is due", checkoutsAsSaved},
		{"what is followed is due once and asked about so often", followedAsSaved},
	} {
		t.Run(rule.name, func(t *testing.T) { rule.test(t, e) })
	}
}
