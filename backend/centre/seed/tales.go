package seed

import (
	"context"
	"fmt"
	"time"

	"hashmend/backend/centre"
	"hashmend/backend/repair"
)

// household is what each customer's submissions have in common.
var household = map[string]repair.Submission{
	ridge: {
		Contact: repair.Contact{Company: CustomerAccount, Name: "Dana Whitfield", Phone: "+1 403 555 0142", Email: "dana@northridge.example", Language: "en"},
		ReturnAddress: repair.Address{Country: "CA", Province: "Alberta", City: "Medicine Hat", Street: "1180 Ridge Line Road, Unit 4",
			Postcode: "T1A 0A1", Recipient: "Dana Whitfield", Phone: "+1 403 555 0142"},
	},
	qingchuan: {
		Contact: repair.Contact{Company: "青川算力", Name: "周倩", Phone: "+86 138 0000 1234", Email: "zhou@qingchuan.example", Language: "zh-CN"},
		ReturnAddress: repair.Address{Country: "CN", Province: "四川省", City: "成都市", District: "双流区", Street: "西航港大道 88 号 2 栋",
			Postcode: "610200", Recipient: "周倩", Phone: "+86 138 0000 1234"},
	},
	taiga: {
		Contact: repair.Contact{Company: "ООО «Тайга Хэш»", Name: "Илья Орлов", Phone: "+7 395 255-01-23", Email: "orlov@taiga.example", Language: "ru"},
		ReturnAddress: repair.Address{Country: "RU", Province: "Иркутская область", City: "Иркутск", Street: "ул. Трактовая, 14, склад 3",
			Postcode: "664014", Recipient: "Илья Орлов", Phone: "+7 395 255-01-23"},
	},
}

// rack makes machines with serial numbers that follow each other.
func rack(first int, model, complaint, fault string, age time.Duration, n int) (list []machine) {
	for i := range n {
		list = append(list, machine{fmt.Sprintf("JM24X%08d", first+i*7), model, complaint, fault, age})
	}
	return list
}

func one(serial int, model, complaint, fault string, age time.Duration) machine {
	return rack(serial, model, complaint, fault, age, 1)[0]
}

const proposal = "The log points to the hash boards. Please send the machines to us."

// tellAll tells every case; the comment names the stage in which each ends.
func tellAll(t *teller) {
	tellBeforeTheReturn(t)
	tellOnTheWayIn(t)
	tellAtTheBench(t)
	tellMoney(t)
	tellOnTheWayHome(t)
	tellEnds(t)
	tellOthers(t)
}

func tellBeforeTheReturn(t *teller) {
	// submitted
	t.file(2*time.Hour, ridge, "NR-118", rack(71020011, "X16-Q Pro", "Hash rate is zero on board 2 since the storm", "F03", 90*day, 3)...).
		after(20*time.Minute).says(ridge, "All three sit on the same phase. Nothing else on that phase failed.")
	// need_info
	t.file(28*time.Hour, ridge, "NR-117", rack(71020104, "X16-P", "Restarts every few minutes", "F11", 240*day, 2)...).
		after(5*time.Hour).diagnosed(repair.NeedInfo, "Please send the kernel log of one restart and a photo of the supply's label.")
	// resolved_remote
	t.file(4*day, ridge, "NR-114", one(71020201, "X4-1U", "Not on the network after moving the rack", "F02", 300*day)).
		after(6*time.Hour).diagnosed(repair.ResolvedRemote, "The address had been set by hand. Hold the button for five seconds: it asks the network again.").
		after(3*time.Hour).says(ridge, "That was it, thank you.")
	// return_confirmed
	t.file(3*day, ridge, "NR-115", rack(71020302, "X16-Q Pro", "Board missing after start", "F05", 120*day, 4)...).
		after(22*time.Hour).diagnosed(repair.ReturnRecommended, proposal).
		after(4*time.Hour).says(ridge, "We will pack them on Thursday. May two machines share a box?").
		after(2*time.Hour).says(office, "Yes, two to a box with 5 cm of foam all round.")
}

func tellOnTheWayIn(t *teller) {
	// awaiting_parcel, one box on the road and one still here, a correction asked for
	k := t.file(6*day, ridge, "NR-109", rack(71020409, "X16-QE", "Hash rate is low", "F04", 150*day, 3)...).
		after(20*time.Hour).diagnosed(repair.ReturnRecommended, proposal)
	b1, b2 := k.after(26*time.Hour).box("sf", 0, 1), k.box("sf", 2)
	b2.WaybillNumber, b2.WaybillCheckedBy = "", ""
	k.packed(b1, b2).after(3*time.Hour).sent(b1).
		after(20*time.Hour).parcelTracked(b1, string(repair.ParcelInTransit), "Shenzhen").
		after(5*time.Hour).do(ridge, repair.Command{Kind: repair.CmdRequestCorrection, Correction: &repair.CorrectionAsk{
		ID: repair.CorrectionID(t.id(k.at)), Device: k.device(2), Field: "serial", To: "JM24X71020932", Reason: "The 3 and the 2 were read wrongly from the label."}})
	// parcel_rejected
	k = t.file(9*day, ridge, "NR-104", rack(71020510, "X16-P", "Fan stopped", "F09", 400*day, 2)...).
		after(20*time.Hour).diagnosed(repair.ReturnRecommended, proposal)
	b := k.after(30 * time.Hour).box("deppon")
	k.packed(b).after(2*time.Hour).sent(b).after(4*day).do(bench, repair.Command{Kind: repair.CmdRejectParcel, Rejection: &repair.RejectionGiven{
		Parcel: b.ID, Reason: "content_mismatch", Note: "The box held one machine that is not on the work order, and one of yours was missing."}})
	// partially_received
	k = t.file(8*day, ridge, "NR-106", rack(71020608, "X44-P", "Too hot, throttles at noon", "F07", 60*day, 4)...).
		after(20*time.Hour).diagnosed(repair.ReturnRecommended, proposal)
	b1, b2 = k.after(26*time.Hour).box("sf", 0, 1), k.box("sf", 2, 3)
	k.packed(b1, b2).after(2*time.Hour).sent(b1, b2).after(3 * day).received(b1)
	// received
	t.file(7*day, ridge, "NR-108", rack(71020701, "X16-Q Pro", "Chips missing on board 1", "F06", 100*day, 5)...).arrived()
}

func tellAtTheBench(t *teller) {
	// inspecting
	t.file(8*day, ridge, "NR-107", rack(71020803, "X16-Q Pro", "Hash rate is low", "F04", 130*day, 3)...).arrived().
		after(18*time.Hour).found(0, normal("Two chips of board 1 do not answer.", "F06"))
	// repairing, in warranty and free
	t.file(9*day, ridge, "NR-103", rack(71020902, "X16-P", "Board missing", "F05", 80*day, 2)...).arrived().
		after(18*time.Hour).found(0, normal("Voltage domain 4 of board 3 is open.", "F05")).
		found(1, normal("Board 2: one chip short to ground.", "F05")).
		after(2 * time.Hour).started()
	// repairing, one at the test bench
	t.file(11*day, ridge, "NR-101", rack(71021004, "X16-QE", "Hash rate is zero", "F03", 50*day, 3)...).arrived().
		after(18*time.Hour).found(0, normal("Firmware of the control board is damaged.", "F03")).
		found(1, normal("Board 1 has a broken signal line.", "F03")).found(2, normal("Power stage of board 2 failed.", "F03")).
		after(2*time.Hour).started().after(30*time.Hour).finished("Control board flashed.", 0)
	// ready_to_ship
	t.file(12*day, ridge, "NR-099", rack(71021100, "X16-Q Pro", "Chips missing", "F06", 75*day, 2)...).arrived().
		after(18*time.Hour).found(0, normal("Chip 41 of board 2 replaced under warranty.", "F06")).
		found(1, normal("Chips 7 and 8 of board 1.", "F06")).repaired()
}

func tellMoney(t *teller) {
	// awaiting_decision: a normal price that cannot be declined, a scrap and a mixed one that can
	k := t.file(10*day, ridge, "NR-102", append(rack(71021206, "X16-P", "Hash rate is zero", "F03", 420*day, 3),
		one(71021290, "X16-P", "Burnt smell, no light", "F01", 420*day))...).arrived().
		after(18*time.Hour).found(0, normal("Board 1: five chips to replace.", "F06"))
	k.found(1, repair.InspectionGiven{Class: repair.Mixed, VoidCodes: []string{"V03"}, Findings: "Board 2 belongs to another machine: its number differs."}).
		found(2, repair.InspectionGiven{Class: repair.Scrap, ScrapCodes: []string{"S02", "S03"}, Findings: "Corroded through; the chip pads come off."}).
		found(3, repair.InspectionGiven{Class: repair.Scrap, ScrapCodes: []string{"S01"}, VoidCodes: []string{"V06"}, Findings: "Burnt between domains 3 and 5."}).
		quoted(map[int]int64{0: 86_00, 1: 142_50, 2: 310_00, 3: 310_00})
	// awaiting_payment, nothing sent yet, a second price after a closer look
	k = t.file(16*day, ridge, "NR-096", rack(71021303, "X16-QE", "Hash rate is low", "F04", 500*day, 3)...).arrived().
		after(18*time.Hour).found(0, normal("Eight chips.", "F06")).found(1, normal("Three chips.", "F06")).
		found(2, repair.InspectionGiven{Class: repair.Scrap, ScrapCodes: []string{"S04"}, Findings: "Board 1 is cracked across."}).
		quoted(map[int]int64{0: 96_00, 1: 58_00, 2: 280_00})
	k.after(20*time.Hour).says(office, "The 1.8 V stage of the first machine failed in the test: its price changes.").
		quoted(map[int]int64{0: 118_00}).
		after(5*time.Hour).decided(repair.CmdAcceptQuotes, 0, 1)
	k.decided(repair.CmdDeclineQuotes, 2).
		do(bench, repair.Command{Kind: repair.CmdReturnUnrepaired, Devices: k.all(2), Text: "Goes home as it came."})
	// awaiting_payment, voucher under review
	k = t.file(18*day, ridge, "NR-094", rack(71021405, "X16-P", "Restarts", "F11", 380*day, 2)...).arrived().
		after(18*time.Hour).found(0, normal("Control board replaced.", "F11")).found(1, normal("Supply unstable.", "F11")).
		quoted(map[int]int64{0: 74_00, 1: 122_00}).after(20*time.Hour).decided(repair.CmdAcceptQuotes, 0, 1).after(26 * time.Hour)
	v := k.paid(0, 1)
	k.after(5*time.Hour).payment(v, repair.PaymentUnderReview, 0, "")
	// awaiting_payment, voucher rejected
	k = t.file(20*day, ridge, "NR-092", one(71021502, "X44-P", "Hash rate is zero", "F03", 600*day)).arrived().
		after(18*time.Hour).found(0, normal("Two domains of board 2.", "F03")).quoted(map[int]int64{0: 164_00}).
		after(20*time.Hour).decided(repair.CmdAcceptQuotes, 0).after(26 * time.Hour)
	v = k.paid(0)
	k.after(22*time.Hour).payment(v, repair.PaymentRejected, 0, "The transaction number is not found on the network.")
	// awaiting_payment, too little came
	k = t.file(22*day, ridge, "NR-090", one(71021601, "X16-QE", "Chips missing", "F06", 390*day)).arrived().
		after(18*time.Hour).found(0, normal("Six chips of board 3.", "F06")).quoted(map[int]int64{0: 88_00}).
		after(20*time.Hour).decided(repair.CmdAcceptQuotes, 0).after(26 * time.Hour)
	v = k.paid(0)
	k.after(22*time.Hour).payment(v, repair.PaymentUnderpaid, 80_00, "Bank fees were taken from the sum.")
	// repairing, paid
	k = t.file(19*day, ridge, "NR-093", rack(71021700, "X16-P", "Board missing", "F05", 450*day, 2)...).arrived().
		after(18*time.Hour).found(0, normal("Board 2: connector and four chips.", "F05")).found(1, normal("Board 1: connector.", "F05")).
		quoted(map[int]int64{0: 92_00, 1: 45_00}).after(20*time.Hour).decided(repair.CmdAcceptQuotes, 0, 1).after(20 * time.Hour)
	v = k.paid(0, 1)
	k.after(20*time.Hour).payment(v, repair.PaymentConfirmed, 0, "").after(3 * time.Hour).started()
}

func tellOnTheWayHome(t *teller) {
	// partially_shipped
	k := t.file(21*day, ridge, "NR-091", rack(71021808, "X16-Q Pro", "Hash rate is low", "F04", 110*day, 4)...).arrived().
		after(18*time.Hour).found(0, normal("One chip.", "F06")).found(1, normal("Fan tray.", "F09")).
		found(2, repair.InspectionGiven{Class: repair.NoFaultFound, Findings: "Ran 24 hours at the rated hash rate."}).
		found(3, normal("Five chips.", "F06")).repaired(0, 1)
	s := k.after(5*time.Hour).shipped("sf", 0, 1)
	k.after(20*time.Hour).tracked(s, repair.ShipmentInTransit, "Hong Kong", "").after(4*time.Hour).
		says(ridge, "Two have left. When do the other two?")
	// shipped, twice, the first delivered
	k = t.file(30*day, ridge, "NR-081", rack(71021907, "X16-QE", "Board missing", "F05", 95*day, 3)...).arrived().
		after(18*time.Hour).found(0, normal("Connector.", "F05")).found(1, normal("Connector.", "F05")).found(2, normal("Three chips.", "F06")).
		repaired(0, 1).after(3 * time.Hour)
	s = k.shipped("sf", 0, 1)
	k.after(20*time.Hour).tracked(s, repair.ShipmentInTransit, "Shenzhen", "").repaired(2).after(2 * time.Hour)
	s2 := k.shipped("kye", 2)
	k.after(3*day).tracked(s, repair.ShipmentDelivered, "Medicine Hat", "").
		after(2*time.Hour).tracked(s2, repair.ShipmentInTransit, "Vancouver", "")
	// return_refused
	k = t.file(34*day, ridge, "NR-078", one(71022001, "X16-P", "Hash rate is zero", "F03", 70*day)).arrived().
		after(18*time.Hour).found(0, normal("Power stage.", "F03")).repaired().after(3 * time.Hour)
	s = k.shipped("deppon")
	k.after(5*day).tracked(s, repair.ShipmentOutForDelivery, "Medicine Hat", "").
		after(6*time.Hour).tracked(s, repair.ShipmentRefused, "Medicine Hat", "The recipient had moved.")
}

func tellEnds(t *teller) {
	// cancelled
	t.file(12*day, ridge, "NR-098", one(71022101, "X4-1U", "Noisy fan", "F09", 200*day)).
		after(9*time.Hour).do(ridge, repair.Command{Kind: repair.CmdCancel, Text: "We had a spare fan."})
	// closed, with a correction that was applied
	k := t.file(62*day, ridge, "NR-052", rack(71022205, "X16-Q Pro", "Hash rate is low", "F04", 60*day, 2)...).after(2 * time.Hour)
	ask := repair.CorrectionAsk{ID: repair.CorrectionID(t.id(k.at)), Device: k.device(1), Field: "model", To: "X16-QE", Reason: "The label says QE."}
	k.do(ridge, repair.Command{Kind: repair.CmdRequestCorrection, Correction: &ask}).
		after(3*time.Hour).do(office, repair.Command{Kind: repair.CmdDecideCorrection, CorrectionID: ask.ID, Approve: true, Text: "Applied."}).
		arrived().after(18*time.Hour).found(0, normal("Two chips.", "F06")).found(1, normal("One chip.", "F06")).repaired().after(3 * time.Hour)
	s := k.shipped("sf")
	k.after(4*day).do(ridge, repair.Command{Kind: repair.CmdConfirmDelivery, Shipment: s}).
		after(7*day).do(office, repair.Command{Kind: repair.CmdClose})
	// forfeited: the return was refused, came back, and a person decided
	k = t.file(150*day, ridge, "NR-011", one(71022301, "X4-Q", "No light", "F01", 40*day)).arrived().
		after(18*time.Hour).found(0, normal("Supply replaced.", "F01")).repaired().after(3 * time.Hour)
	s = k.shipped("sf")
	k.after(5*day).tracked(s, repair.ShipmentRefused, "Medicine Hat", "Refused without a reason.").
		after(9*day).tracked(s, repair.ShipmentReturned, "Shenzhen", "").
		after(95*day).do(office, repair.Command{Kind: repair.CmdForfeit, Devices: k.all(), Text: "Refused on the way home; three letters stayed without answer."})
}

func tellOthers(t *teller) {
	t.file(26*time.Hour, qingchuan, "QC-2201", rack(82010007, "X44-P", "单板无算力,日志见附件", "F03", 45*day, 6)...)
	t.file(9*day, qingchuan, "QC-2188", rack(82010110, "X16-P", "掉芯片", "F06", 320*day, 3)...).arrived().
		after(18*time.Hour).found(0, normal("一号板掉三颗芯片。", "F06"))
	t.file(5*day, qingchuan, "QC-2195", rack(82010207, "X16-QE", "高温降频", "F07", 200*day, 2)...).
		after(8*time.Hour).diagnosed(repair.ReturnRecommended, "请寄回检测。")
	k := t.file(8*day, taiga, "ТХ-40", rack(82020012, "X16-Q Pro", "Нет хешрейта на второй плате", "F03", 130*day, 2)...).
		after(20*time.Hour).diagnosed(repair.ReturnRecommended, "Просим прислать устройства.")
	b := k.after(30 * time.Hour).box("sf")
	k.packed(b).after(2*time.Hour).sent(b).after(4*day).parcelTracked(b, string(repair.ParcelHeld), "Shenzhen")
	t.unclaimed(12*day, "SF1502276309918", "JM24X90000017", "No work order in the box; the sender's phone is unreadable.")
	t.unclaimed(100*day, "SF1502270071145", "JM24X90000141", "Came without papers; no answer to two calls.")
}

// unclaimed is a parcel that came without a work order (R15).
func (t *teller) unclaimed(before time.Duration, waybill repair.WaybillNumber, serial repair.SerialNumber, note string) {
	at := t.now.Add(-before)
	cmd := repair.Command{ID: repair.CommandID(t.id(at)), Kind: repair.CmdRecordUnclaimed, Unclaimed: &repair.UnclaimedParcel{
		ID: repair.UnclaimedID(t.id(at)), Carrier: "sf", WaybillNumber: waybill, Serials: []repair.SerialNumber{serial},
		Note: note, ArrivedAt: repair.At(at)}}
	t.steps = append(t.steps, step{at, func(ctx context.Context, c *centre.Centre) error {
		t.story.Commands++
		return act(ctx, c, t.people[bench], cmd)
	}})
}
