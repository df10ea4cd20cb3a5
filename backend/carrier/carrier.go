// Package carrier asks tracking services where parcels are, and reads what they
// push. Each service is a small adapter that turns its words into the one
// vocabulary of package repair. It keeps nothing, decides nothing, and its errors
// hold no key.
package carrier

import (
	"context"
	"net/http"
	"time"

	"hashmend/backend/repair"
)

// Service is one that tells where parcels are.
type Service interface {
	Name() string
	Serves(c repair.Carrier) bool
	// Ask gives all that is known of a number now, as it came to pass. Its error is a *repair.Error
	// with one of the codes of this package.
	Ask(ctx context.Context, ask Ask) ([]repair.TrackEvent, error)
}

// Subscriber is a service that tells by itself when it is asked to once.
type Subscriber interface {
	Service
	// Subscribe is safe to repeat.
	Subscribe(ctx context.Context, ask Ask, callback string) error
}

// Pusher is a service that tells by itself.
type Pusher interface {
	Service
	// Read proves that the service has sent this, and reads it.
	Read(header http.Header, body []byte) (Push, error)
}

// Ask is a question about one number.
type Ask struct {
	Carrier repair.Carrier
	Number  repair.WaybillNumber
	Phone   string // some carriers show a parcel only to who knows its last four digits
}

// Push is what a service has told by itself.
type Push struct {
	Number  repair.WaybillNumber
	Events  []repair.TrackEvent
	Trouble string // the code of an error, "" for none
	Answer  any    // what the service wants to hear, as JSON
}

// Why a service tells nothing. The first three are about the service as a whole.
var (
	ErrKey    = &repair.Error{Kind: repair.Unavailable, Code: "tracking.key_wrong"}
	ErrQuota  = &repair.Error{Kind: repair.Unavailable, Code: "tracking.quota_spent"}
	ErrSilent = &repair.Error{Kind: repair.Unavailable, Code: "tracking.unreachable"}

	ErrAnswer  = &repair.Error{Kind: repair.Unavailable, Code: "tracking.answer_unreadable"}
	ErrNumber  = &repair.Error{Kind: repair.NotFound, Code: "tracking.number_unknown"}
	ErrCarrier = &repair.Error{Kind: repair.Invalid, Code: "tracking.carrier_unsupported"}
	ErrPhone   = &repair.Error{Kind: repair.Invalid, Code: "tracking.phone_needed"}
)

// ErrSignature means that a push is not from whom it says.
var ErrSignature = &repair.Error{Kind: repair.Forbidden, Code: "tracking.bad_signature"}

// ErrPush means that a push cannot be read.
var ErrPush = &repair.Error{Kind: repair.Invalid, Code: "request.malformed"}

// Settings are the keys of the services that a centre uses. A service without its
// key is not used.
type Settings struct {
	Kuaidi100 Kuaidi100Settings
	SF        SFSettings
	Track17   Track17Settings
}

// New gives the services that have their keys, the first that serves a carrier is
// the one to ask: the carrier itself, then who knows its trade best.
func New(s Settings, client *http.Client, now func() time.Time) []Service {
	l := line{client: client}
	if l.client == nil {
		l.client = &http.Client{}
	}
	if now == nil {
		now = time.Now
	}
	var list []Service
	if s.SF.Partner != "" {
		list = append(list, newSF(s.SF, l, now))
	}
	if s.Track17.Key != "" {
		list = append(list, newTrack17(s.Track17, l))
	}
	if s.Kuaidi100.Key != "" {
		list = append(list, newKuaidi100(s.Kuaidi100, l))
	}
	return list
}

// For gives the service to ask about a carrier's parcels; nil for none.
func For(list []Service, c repair.Carrier) Service {
	for _, one := range list {
		if one.Serves(c) {
			return one
		}
	}
	return nil
}

// china is the clock on the wall of Chinese carriers. It has no summer time.
var china = time.FixedZone("CST", 8*60*60)

// chinaTime reads such a clock.
func chinaTime(text string) (repair.Instant, bool) {
	t, err := time.ParseInLocation(time.DateTime, text, china)
	if err != nil {
		return "", false
	}
	return repair.At(t), true
}
