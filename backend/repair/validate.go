package repair

// The most that a person types into one text.
const maxText = 10_000

// part is a piece that a kind of command needs.
type part struct {
	name  string
	given func(Command) bool
	ids   func(Command) []string // that must be ids, each once
}

var (
	partQuotes = part{"quotes", func(c Command) bool { return len(c.Quotes) > 0 }, func(c Command) []string { return texts(c.Quotes) }}
	partDevs   = part{"devices", func(c Command) bool { return len(c.Devices) > 0 }, func(c Command) []string { return texts(c.Devices) }}
	partBoxes  = part{"parcel_ids", func(c Command) bool { return len(c.ParcelIDs) > 0 }, func(c Command) []string { return texts(c.ParcelIDs) }}
	partShip   = part{"shipment", func(c Command) bool { return c.Shipment != "" }, func(c Command) []string { return []string{string(c.Shipment)} }}
	partWanted = part{"correction_id", func(c Command) bool { return c.CorrectionID != "" }, func(c Command) []string { return []string{string(c.CorrectionID)} }}
	partPlans  = part{"parcels", func(c Command) bool { return c.Parcels != nil }, func(c Command) []string {
		return listed(c.Parcels, func(p ParcelPlan) string { return string(p.ID) })
	}}
	partCorrection = part{"correction", func(c Command) bool { return c.Correction != nil }, func(c Command) []string { return []string{string(c.Correction.ID)} }}
	partPayment    = part{"payment", func(c Command) bool { return c.Payment != nil && len(c.Payment.Quotes) > 0 }, func(c Command) []string {
		return append(texts(c.Payment.Quotes), string(c.Payment.ID))
	}}
	partDiagnosis  = part{"diagnosis", func(c Command) bool { return c.Diagnosis != nil }, nil}
	partReceipt    = part{"receipt", func(c Command) bool { return c.Receipt != nil }, func(c Command) []string { return []string{string(c.Receipt.Parcel)} }}
	partRejection  = part{"rejection", func(c Command) bool { return c.Rejection != nil }, func(c Command) []string { return []string{string(c.Rejection.Parcel)} }}
	partInspection = part{"inspection", func(c Command) bool { return c.Inspection != nil }, func(c Command) []string { return []string{string(c.Inspection.Device)} }}
	partOffers     = part{"offers", func(c Command) bool { return len(c.Offers) > 0 }, func(c Command) []string {
		ids := listed(c.Offers, func(o QuoteOffer) string { return string(o.ID) })
		return append(ids, listed(c.Offers, func(o QuoteOffer) string { return string(o.Device) })...)
	}}
	partDecision = part{"payment_decision", func(c Command) bool { return c.PaymentDecision != nil }, func(c Command) []string { return []string{string(c.PaymentDecision.Payment)} }}
	partSend     = part{"ship", func(c Command) bool { return c.Ship != nil && len(c.Ship.Devices) > 0 }, func(c Command) []string {
		return append(texts(c.Ship.Devices), string(c.Ship.ID))
	}}
	partTrackShip   = part{"track", func(c Command) bool { return c.Track != nil }, func(c Command) []string { return []string{string(c.Track.Shipment)} }}
	partTrackParcel = part{"track", func(c Command) bool { return c.Track != nil }, func(c Command) []string { return []string{string(c.Track.Parcel)} }}
	partDate        = part{"date", func(c Command) bool { return c.Date != "" }, nil}
	partMailbox     = part{"mailbox", func(c Command) bool { return c.Mailbox != nil }, nil}
	partUnclaimed   = part{"unclaimed", func(c Command) bool { return c.Unclaimed != nil }, func(c Command) []string { return []string{string(c.Unclaimed.ID)} }}
)

// parts is what each kind of command must bring.
var parts = map[CommandKind][]part{
	CmdCancel: nil, CmdAnswer: nil, CmdReopen: nil, CmdMessage: nil, CmdAskCarrier: nil, CmdClose: nil,
	CmdSetParcels:        {partPlans},
	CmdHandOver:          {partBoxes},
	CmdRequestCorrection: {partCorrection},
	CmdAcceptQuotes:      {partQuotes},
	CmdDeclineQuotes:     {partQuotes},
	CmdChoosePayment:     {partPayment},
	CmdSendVoucher:       {partPayment},
	CmdConfirmDelivery:   {partShip},
	CmdDiagnose:          {partDiagnosis},
	CmdDecideCorrection:  {partWanted},
	CmdTrackParcel:       {partTrackParcel},
	CmdReceiveParcel:     {partReceipt},
	CmdRejectParcel:      {partRejection},
	CmdInspect:           {partInspection},
	CmdSendQuotes:        {partOffers},
	CmdDecidePayment:     {partDecision},
	CmdStartRepair:       {partDevs},
	CmdFinishRepair:      {partDevs},
	CmdTestResult:        {partDevs},
	CmdReturnUnrepaired:  {partDevs},
	CmdShip:              {partSend},
	CmdTrackShipment:     {partTrackShip},
	CmdExtendDue:         {partDate},
	CmdForfeit:           {partDevs},
	CmdRecordUnclaimed:   {partUnclaimed},
	CmdDecideUnclaimed:   {partUnclaimed},
	CmdSetMailbox:        {partMailbox},
}

// Validate checks the shape: a known kind, the parts it needs, ids that are ids
// and named once. It knows no case.
func (cmd Command) Validate() error {
	needs, known := parts[cmd.Kind]
	if !known {
		return ErrCommandKind.With("kind", clip(string(cmd.Kind)))
	}
	if !validID(string(cmd.ID)) {
		return ErrCommandID.With("part", "id", "value", clip(string(cmd.ID)))
	}
	if len(cmd.Text) > maxText {
		return ErrTextTooLong.With("limit", itoa(maxText))
	}
	for _, need := range needs {
		if !need.given(cmd) {
			return ErrCommandPart.With("part", need.name, "kind", string(cmd.Kind))
		}
		if need.ids == nil {
			continue
		}
		if err := uniqueIDs(need.name, need.ids(cmd)); err != nil {
			return err
		}
	}
	return nil
}

func uniqueIDs(name string, ids []string) error {
	seen := make(map[string]bool, len(ids))
	for _, id := range ids {
		if !validID(id) {
			return ErrCommandID.With("part", name, "value", clip(id))
		}
		if seen[id] {
			return ErrCommandTwice.With("part", name, "value", id)
		}
		seen[id] = true
	}
	return nil
}

func texts[T ~string](list []T) []string {
	return listed(list, func(t T) string { return string(t) })
}

func listed[T, S any](list []T, text func(T) S) []S {
	out := make([]S, len(list))
	for i, t := range list {
		out[i] = text(t)
	}
	return out
}
