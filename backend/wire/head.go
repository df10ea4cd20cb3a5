package wire

// HeadEvent is the data of an event of GET /v1/events: where the caller's feed
// ends. It is a hint and no more: who has this cursor has nothing to ask for.
type HeadEvent struct {
	Head Cursor `json:"head"`
}
