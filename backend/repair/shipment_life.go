package repair

// Actions of a return shipment's life, besides ship, deliver and come_back.
const (
	actOutForDelivery Action = "out_for_delivery"
	actTrouble        Action = "exception"
	actRefused        Action = "refused"
	actTakenBack      Action = "taken_back" // delivered, says the carrier, and then that it was not
)

// shipmentNone is a shipment that has not left.
const shipmentNone ShipmentStatus = ""

// shipmentLife is the whole life of a return shipment.
var shipmentLife = life[ShipmentStatus, *Shipment]{name: "shipment", notNow: ErrShipmentNotNow, rows: shipmentRows()}

// shipmentRows: on the road a carrier may say anything after anything, so the
// road's statuses share their lines; only an end is an end.
func shipmentRows() []row[ShipmentStatus, *Shipment] {
	rows := []row[ShipmentStatus, *Shipment]{{shipmentNone, actShip, Centre, ShipmentShipped, nil, "R42"}}
	add := func(from ShipmentStatus, a Action, by Actor, to ShipmentStatus, rule string) {
		rows = append(rows, row[ShipmentStatus, *Shipment]{from, a, by, to, nil, rule})
	}
	for _, from := range []ShipmentStatus{ShipmentShipped, ShipmentInTransit, ShipmentOutForDelivery, ShipmentException} {
		add(from, actMoving, Centre, ShipmentInTransit, "")
		add(from, actOutForDelivery, Centre, ShipmentOutForDelivery, "")
		add(from, actTrouble, Centre, ShipmentException, "")
		add(from, actLose, Centre, ShipmentLost, "")
		add(from, actRefused, Centre, ShipmentRefused, "R36")
		add(from, actComeBack, Centre, ShipmentReturned, "")
		add(from, actDeliver, Centre, ShipmentDelivered, "")
		add(from, actDeliver, Customer, ShipmentDelivered, "")
	}
	add(ShipmentDelivered, actDeliver, Customer, ShipmentDelivered, "") // the carrier said it first
	add(ShipmentDelivered, actTakenBack, Centre, ShipmentException, "")
	add(ShipmentRefused, actComeBack, Centre, ShipmentReturned, "R36")
	add(ShipmentRefused, actDeliver, Centre, ShipmentDelivered, "") // the second attempt went well
	add(ShipmentLost, actMoving, Centre, ShipmentInTransit, "")
	return rows
}

// shipmentTrack maps a carrier's word to what happens to a shipment.
var shipmentTrack = map[ShipmentStatus]Action{
	ShipmentInTransit: actMoving, ShipmentOutForDelivery: actOutForDelivery, ShipmentDelivered: actDeliver,
	ShipmentRefused: actRefused, ShipmentException: actTrouble, ShipmentReturned: actComeBack, ShipmentLost: actLose,
}
