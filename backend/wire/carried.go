package wire

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/json"

	"hashmend/backend/repair"
)

// CarriedMax bounds a carried file.
const CarriedMax = 512 << 20

// carriedForm is the form of the file, and the first of what its seal covers: no
// other signature of this program begins so.
const carriedForm = "hashmend outbox 1"

// Carried is an outbox that travels as a file, past a line that does not work. The
// file is a head, an item a line, and a seal of the install that wrote it.
type Carried struct {
	CarriedHead
	Items []CarriedItem
}

// CarriedHead says whose file it is and which centre it is for.
type CarriedHead struct {
	Form     string           `json:"form"`
	Program  string           `json:"program"` // the version that wrote it
	At       repair.Instant   `json:"at"`
	ServerID string           `json:"server_id"`
	Account  repair.AccountID `json:"account"`
	Install  repair.InstallID `json:"install"`
	Count    int              `json:"count"`
}

// CarriedItem is one thing of the outbox. Body holds the frozen bytes as text, so
// that no reader of JSON writes them differently.
type CarriedItem struct {
	ID          string             `json:"id"`
	Kind        string             `json:"kind"` // submit, or that of a command
	WorkOrder   repair.WorkOrderID `json:"work_order"`
	State       CarriedState       `json:"state"`
	SeenRev     int64              `json:"seen_rev,omitempty"`
	Fingerprint string             `json:"fingerprint"` // SHA-256 of body, hex
	Created     repair.Instant     `json:"created"`
	Reason      *repair.Error      `json:"reason,omitempty"`
	Body        string             `json:"body"`
	Answer      json.RawMessage    `json:"answer,omitempty"` // of the centre, with its signed acknowledgement
}

// CarriedState is how an item stood at the desk.
type CarriedState string

// States of a carried item. The centre files what waits, and what it had accepted
// and lost; the others are the person's to decide.
const (
	CarriedHeld     CarriedState = "held" // could still be taken back
	CarriedWaiting  CarriedState = "waiting"
	CarriedAccepted CarriedState = "accepted"
	CarriedRefused  CarriedState = "refused"
	CarriedAsks     CarriedState = "asks" // about money, after a restored centre: a person must say so
	CarriedLeft     CarriedState = "left" // a person said that it shall not go again
)

type carriedSeal struct {
	KeyID     string `json:"key_id"`
	Signature string `json:"signature"` // Ed25519 over the form and every byte before this line, base64
}

// Refusals of a carried file.
var (
	ErrCarriedUnread   = &repair.Error{Kind: repair.Invalid, Code: "carried.unreadable"}     // args: why
	ErrCarriedAltered  = &repair.Error{Kind: repair.Invalid, Code: "carried.altered"}        // not as its install sealed it
	ErrCarriedUnsealed = &repair.Error{Kind: repair.Invalid, Code: "carried.not_sealed"}     // written without a key
	ErrCarriedForeign  = &repair.Error{Kind: repair.Forbidden, Code: "carried.other_centre"} // args: server_id
	ErrCarriedUnknown  = &repair.Error{Kind: repair.Forbidden, Code: "carried.not_trusted"}  // args: install
)

// WriteCarried writes the file. Without a key it has no seal: a person may keep it,
// and no centre takes it.
func WriteCarried(c Carried, keyID string, sign func([]byte) []byte) ([]byte, error) {
	c.Form, c.Count = carriedForm, len(c.Items)
	var file bytes.Buffer
	e := json.NewEncoder(&file)
	e.SetEscapeHTML(false)
	if err := e.Encode(c.CarriedHead); err != nil {
		return nil, err
	}
	for _, item := range c.Items {
		if err := e.Encode(item); err != nil {
			return nil, err
		}
	}
	if sign == nil {
		return file.Bytes(), nil
	}
	seal := carriedSeal{KeyID: keyID, Signature: base64.StdEncoding.EncodeToString(sign(sealed(file.Bytes())))}
	err := e.Encode(seal)
	return file.Bytes(), err
}

func sealed(content []byte) []byte {
	return []byte(carriedForm + "\n" + Fingerprint(content))
}

// ReadCarried reads a file and the public key of the install that it says it is of;
// key gives that. Nothing of a file is believed before its seal is.
func ReadCarried(file []byte, key func(CarriedHead) (ed25519.PublicKey, error)) (c Carried, err error) {
	first, _, _ := bytes.Cut(file, []byte("\n"))
	if json.Unmarshal(first, &c.CarriedHead) != nil || c.Form != carriedForm {
		return Carried{}, ErrCarriedUnread.With("why", "head")
	}
	public, err := key(c.CarriedHead)
	if err != nil {
		return Carried{}, err
	}
	content, seal, err := splitSeal(file)
	if err != nil {
		return Carried{}, err
	}
	signature, err := base64.StdEncoding.DecodeString(seal.Signature)
	if err != nil || seal.KeyID != KeyID(public) || !ed25519.Verify(public, sealed(content), signature) {
		return Carried{}, ErrCarriedAltered
	}
	lines := bytes.Split(bytes.TrimSuffix(content, []byte("\n")), []byte("\n"))[1:]
	for _, line := range lines {
		var item CarriedItem
		if json.Unmarshal(line, &item) != nil || item.Fingerprint != Fingerprint([]byte(item.Body)) {
			return Carried{}, ErrCarriedUnread.With("why", "item")
		}
		c.Items = append(c.Items, item)
	}
	if len(c.Items) != c.Count {
		return Carried{}, ErrCarriedUnread.With("why", "count")
	}
	return c, nil
}

// splitSeal parts the last line from what it covers.
func splitSeal(file []byte) (content []byte, seal carriedSeal, err error) {
	whole, ended := bytes.CutSuffix(file, []byte("\n"))
	at := bytes.LastIndexByte(whole, '\n') + 1
	if !ended || at == 0 || json.Unmarshal(whole[at:], &seal) != nil || seal.Signature == "" {
		return nil, seal, ErrCarriedUnsealed
	}
	return whole[:at], seal, nil
}

// CarriedResult is what became of one item.
type CarriedResult struct {
	ID      string        `json:"id"`
	Kind    string        `json:"kind"`
	Outcome string        `json:"outcome"` // filed, known, refused, or left to a person
	Number  string        `json:"number,omitempty"`
	Reason  *repair.Error `json:"reason,omitempty"`
}

// Outcomes of a carried item.
const (
	OutcomeFiled   = "filed"
	OutcomeKnown   = "known" // it had come before, by the line or by a file
	OutcomeRefused = "refused"
	OutcomeLeft    = "left"
)
