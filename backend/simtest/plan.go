package simtest

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"time"
)

// Step is one thing that a person does or that goes wrong. Its dice make what it
// does in detail, so a list may lose steps and the others stay what they are.
type Step struct {
	Kind string
	Desk int           `json:",omitempty"` // index into World.desks
	Dice uint64        `json:",omitempty"`
	Wait time.Duration // before it
}

func (s Step) dice() *rand.Rand { return rand.New(rand.NewPCG(s.Dice, 1)) }

func (s Step) String() string { return fmt.Sprintf("%v %s/%d", s.Wait, s.Kind, s.Desk) }

// Plan is what happens in a run.
type Plan struct {
	Seed    uint64
	Steps   []Step
	Nth     *Nth `json:",omitempty"`
	Listens bool `json:",omitempty"` // to the centre's hints, as the desks do; else they only ask
}

// Nth makes one request of a run fail, counted over all desks, and those that
// follow for a while.
type Nth struct {
	Request int
	Weather weather
	Lasts   time.Duration
}

// ingredients are the kinds of steps and how often each is taken.
var ingredients = []struct {
	kind  string
	often int
}{
	{"submit", 14}, {"act", 40}, {"staff", 50}, {"take back", 3}, {"retry", 2}, {"photo", 6},
	{"weather", 30}, {"clock", 4}, {"crash desk", 6}, {"restart desk", 4},
	{"crash centre", 4}, {"restart centre", 2}, {"centre clock", 2}, {"centre away", 3},
	{"revoke", 2}, {"present", 6}, {"other eyes", 4},
	{"keep desk", 2}, {"older desk", 2}, {"copied desk", 2}, {"other centre", 2},
	{"sleep", 1}, {"old cursor", 2}, {"second start", 2},
	{"keep centre", 3}, {"restore centre", 2}, {"a day", 1},
}

// NewPlan makes the plan of a seed.
func NewPlan(seed uint64) Plan {
	dice := rand.New(rand.NewPCG(seed, 0))
	total := 0
	for _, i := range ingredients {
		total += i.often
	}
	p := Plan{Seed: seed}
	for range 25 + dice.IntN(35) {
		n, kind := dice.IntN(total), ""
		for _, i := range ingredients {
			if n -= i.often; n < 0 {
				kind = i.kind
				break
			}
		}
		p.Steps = append(p.Steps, Step{Kind: kind, Desk: dice.IntN(len(names)), Dice: dice.Uint64(), Wait: pauseBefore(dice)})
	}
	p.Listens = dice.IntN(4) == 0 // a stream and its signs of life cost twice as much
	return p
}

// pauseBefore is mostly the pace of a person, now and then a long meeting.
func pauseBefore(dice *rand.Rand) time.Duration {
	switch n := dice.IntN(100); {
	case n < 30:
		return 0
	case n < 85:
		return time.Duration(dice.IntN(20_000)) * time.Millisecond
	case n < 99:
		return time.Duration(dice.IntN(120)) * time.Second
	}
	return time.Duration(dice.IntN(120)) * time.Minute
}

// Text writes a plan so that it can be kept and read again.
func (p Plan) Text() []byte {
	text, _ := json.MarshalIndent(p, "", " ") // plain fields always encode
	return text
}
