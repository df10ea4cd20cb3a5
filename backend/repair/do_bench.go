package repair

var inspectionSound = orderGuard{"inspectionSound", "R30", func(r *run, _ *WorkOrder) *Error {
	given := r.cmd.Inspection
	d := r.device(given.Device)
	if d == nil {
		return ErrDeviceUnknown.With("device", string(given.Device))
	}
	switch given.Class {
	case Normal, Mixed, Scrap, NoRepairValue, NoFaultFound:
	default:
		return ErrInspectionClass.With("class", clip(string(given.Class)))
	}
	for _, list := range []struct {
		codes []string
		known []Reason
	}{{given.VoidCodes, voidReasons}, {given.ScrapCodes, scrapReasons}, {given.Faults, faults}} {
		for _, code := range list.codes {
			if _, ok := reasonOf(list.known, code); !ok {
				return ErrInspectionCode.With("code", clip(code))
			}
		}
	}
	if given.Class == Scrap && len(given.ScrapCodes) == 0 {
		return ErrScrapNeedsReason
	}
	if given.Class != Scrap && len(given.ScrapCodes) > 0 {
		return ErrScrapReasonNoScrap.With("class", string(given.Class))
	}
	if _, known := damageEvents[given.Damage]; given.Damage != "" && !known {
		return ErrDamageCause.With("damage", clip(given.Damage))
	}
	if ship := given.ShipDateFound; ship != "" {
		if received := r.env.DateOf(d.ReceivedAt); !ship.valid() || (received != "" && ship > received) {
			return ErrShipAfterReceipt.With("ship_date", clip(string(ship)), "received_on", string(received))
		}
	}
	return nil
}}

// inspect writes the finding of the unpacking (R05). Warranty and bearer follow
// from it. A price given on an earlier finding holds no more.
func (r *run) inspect() *Error {
	given := r.cmd.Inspection
	d := r.device(given.Device)
	if err := r.move(d, actInspect); err != nil {
		return err
	}
	if err := r.supersede(d); err != nil {
		return err
	}
	if given.ShipDateFound != "" {
		d.ShipDate = given.ShipDateFound
	}
	found := &Inspection{
		Class: given.Class, VoidCodes: given.VoidCodes, ScrapCodes: given.ScrapCodes, Faults: given.Faults,
		Findings: given.Findings, Damage: given.Damage, Photos: given.Photos, ShipDateFound: given.ShipDateFound,
		At: r.env.Now, By: r.by.Name,
	}
	found.Warranty, found.WarrantyWhy = WarrantyOf(d.ShipDate, r.env.DateOf(d.ReceivedAt), given.VoidCodes, r.env.Settings)
	if event, damaged := damageEvents[given.Damage]; damaged {
		found.DamageBearer, _ = Liability(event, found.Warranty, r.env.Settings)
	}
	d.Inspection = found
	return nil
}

// supersede ends the device's open quote, which is kept as an old version.
func (r *run) supersede(d *Device) *Error {
	q := r.quoteOf(d)
	d.Quote = ""
	if q == nil || (q.Status != QuoteIssued && q.Status != QuoteAccepted) {
		return nil
	}
	return r.moveQuote(q, actSupersede)
}

func (r *run) startRepair() *Error { return r.eachDevice(actStartRepair, nil) }

func (r *run) finishRepair() *Error {
	return r.eachDevice(actFinishRepair, func(d *Device) {
		if !blank(r.cmd.Text) {
			d.RepairNote = r.cmd.Text
		}
	})
}

// testResult: what fails the test goes back to the repair.
func (r *run) testResult() *Error {
	if !r.cmd.Approve {
		return r.eachDevice(actFailTest, nil)
	}
	return r.eachDevice(actPassTest, func(d *Device) { d.RepairedAt = r.env.Now })
}

func (r *run) returnUnrepaired() *Error {
	return r.eachDevice(actReturnUnrepaired, func(d *Device) {
		if !blank(r.cmd.Text) {
			d.RepairNote = r.cmd.Text
		}
	})
}

// eachDevice lets the action happen to every device of the command, or to none.
func (r *run) eachDevice(a Action, then func(*Device)) *Error {
	for _, id := range r.cmd.Devices {
		d := r.device(id)
		if d == nil {
			return ErrDeviceUnknown.With("device", string(id))
		}
		if err := r.move(d, a); err != nil {
			return err
		}
		if then != nil {
			then(d)
		}
	}
	return nil
}
