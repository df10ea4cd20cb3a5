package carrier

import (
	"cmp"
	"slices"
	"strings"

	"hashmend/backend/repair"
)

// inOrder gives events as they came to pass. A moment is a second, so those of one
// moment stand as their list has them, turned round where it has the newest first:
// its moments tell, or newestFirst when they do not. The last event is what the
// service says of the parcel as a whole, "" for nothing.
func inOrder(newestFirst bool, whole repair.TrackStatus, lists ...[]repair.TrackEvent) (events []repair.TrackEvent) {
	for _, list := range lists {
		list, turned := slices.Clone(list), newestFirst
		for i := 1; i < len(list); i++ {
			if turn := cmp.Compare(list[i-1].At, list[i].At); turn != 0 {
				turned = turn > 0
				break
			}
		}
		if turned {
			slices.Reverse(list)
		}
		events = append(events, list...)
	}
	slices.SortStableFunc(events, func(a, b repair.TrackEvent) int { return cmp.Compare(a.At, b.At) })
	if len(events) > 0 && whole != "" {
		events[len(events)-1].Status = string(whole)
	}
	return events
}

// address is where a service is reached: its own address, unless a centre names another.
func address(named, own string) string { return strings.TrimRight(cmp.Or(named, own), "/") }
