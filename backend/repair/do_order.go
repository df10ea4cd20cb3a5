package repair

// What a command's words must say, where only the order matters.
var (
	aText = orderGuard{"aText", "", func(r *run, _ *WorkOrder) *Error {
		if blank(r.cmd.Text) {
			return ErrCommandPart.With("part", "text", "kind", string(r.cmd.Kind))
		}
		return nil
	}}
	textOrFiles = orderGuard{"textOrFiles", "", func(r *run, _ *WorkOrder) *Error {
		if blank(r.cmd.Text) && len(r.cmd.Files) == 0 {
			return ErrCommandPart.With("part", "text", "kind", string(r.cmd.Kind))
		}
		return nil
	}}
	diagnosisSound = orderGuard{"diagnosisSound", "R02", func(r *run, _ *WorkOrder) *Error {
		given := r.cmd.Diagnosis
		switch given.Result {
		case ReturnRecommended:
			return nil
		case ResolvedRemote, NeedInfo: // the customer must know what to do or to say
			if blank(given.Note) {
				return ErrCommandPart.With("part", "diagnosis.note", "kind", string(r.cmd.Kind))
			}
			return nil
		}
		return ErrCommandValue.With("part", "diagnosis.result", "value", clip(string(given.Result)))
	}}
	extensionSound = orderGuard{"extensionSound", "R41", func(r *run, _ *WorkOrder) *Error {
		if blank(r.cmd.Text) { // R41: with the centre's reason
			return ErrCommandPart.With("part", "text", "kind", string(r.cmd.Kind))
		}
		if !r.cmd.Date.valid() || r.cmd.Date < r.env.Today() {
			return ErrExtendedPast.With("date", clip(string(r.cmd.Date)))
		}
		return nil
	}}
)

func (r *run) cancel() *Error {
	r.c.Order.CancelledAt = r.env.Now
	if !blank(r.cmd.Text) {
		r.say("note", "", "")
	}
	return nil
}

func (r *run) answer() *Error {
	r.c.Order.InfoAnsweredAt = r.env.Now
	r.say("answer", "", "")
	return nil
}

func (r *run) reopen() *Error {
	r.c.Order.ResolvedAt = ""
	r.c.Order.Diagnosis = ""
	if !blank(r.cmd.Text) {
		r.say("note", "", "")
	}
	return nil
}

func (r *run) message() *Error {
	r.say("note", "", "")
	return nil
}

func (r *run) askCarrier() *Error {
	r.say("carrier_question", "", "")
	return nil
}

// diagnose notes the remote diagnosis. Only a recommended return unlocks
// shipping (R03); a later word takes it back as long as nothing has left.
func (r *run) diagnose() *Error {
	o, given := &r.c.Order, r.cmd.Diagnosis
	o.Diagnosis, o.DiagnosisNote, o.DiagnosedAt = given.Result, given.Note, r.env.Now
	o.ReturnConfirmedAt, o.ResolvedAt = "", ""
	switch given.Result {
	case ReturnRecommended:
		o.ReturnConfirmedAt = r.env.Now
		r.say("system", "message.return_confirmed", given.Note)
	case ResolvedRemote:
		o.ResolvedAt = r.env.Now
		r.say("system", "message.resolved_remote", given.Note)
	case NeedInfo:
		o.InfoAskedAt, o.InfoAnsweredAt = r.env.Now, ""
		r.say("question", "", given.Note)
	}
	return nil
}

func (r *run) extendDue() *Error {
	r.c.Order.ExtendedTo, r.c.Order.ExtendedReason = r.cmd.Date, r.cmd.Text
	r.say("system", "message.due_extended", "")
	return nil
}

func (r *run) close() *Error {
	r.c.Order.ClosedAt = r.env.Now
	return nil
}

// forfeit is a person's decision; the open price of a forfeited device lapses.
func (r *run) forfeit() *Error {
	for _, id := range r.cmd.Devices {
		d := r.device(id)
		if d == nil {
			return ErrDeviceUnknown.With("device", string(id))
		}
		if err := r.move(d, actForfeit); err != nil {
			return err
		}
		if q := r.quoteOf(d); q != nil && (q.Status == QuoteIssued || q.Status == QuoteAccepted) {
			if err := r.moveQuote(q, actLapse); err != nil {
				return err
			}
		}
	}
	r.say("system", "message.forfeited", "")
	for i := range r.c.Devices {
		if r.c.Devices[i].Status != Forfeited {
			return nil
		}
	}
	r.c.Order.ForfeitedAt = r.env.Now
	return nil
}
