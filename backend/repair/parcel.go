package repair

// Parcel is one inbound box, from the customer to the centre.
type Parcel struct {
	ID            ParcelID      `json:"id"`
	WorkOrder     WorkOrderID   `json:"work_order"`
	Seq           int           `json:"seq"` // box seq of Of
	Of            int           `json:"of"`
	Carrier       Carrier       `json:"carrier"`
	WaybillNumber WaybillNumber `json:"waybill_number"`
	FreightTerms  FreightTerms  `json:"freight_terms"` // only prepaid_by_sender passes (R10)
	DeliveryMode  DeliveryMode  `json:"delivery_mode"` // only door passes (R08)
	SenderPhone   string        `json:"sender_phone"`  // some carriers ask for its last four digits
	WeightGrams   int           `json:"weight_grams,omitempty"`
	Devices       []DeviceID    `json:"devices"`
	Photos        []FileRef     `json:"photos,omitempty"` // the proof of good packing (R06)
	ShippedOn     Date          `json:"shipped_on,omitempty"`

	Status           ParcelStatus `json:"status"`
	SignedAt         Instant      `json:"signed_at,omitempty"`          // signing accepts nothing (R04)
	SystemReceivedAt Instant      `json:"system_received_at,omitempty"` // R22: starts R38's clock
	CountedDevices   int          `json:"counted_devices,omitempty"`
	Rejection        *Rejection   `json:"rejection,omitempty"`
	Replaces         ParcelID     `json:"replaces,omitempty"` // the rejected parcel that this one sends again
	Events           []TrackEvent `json:"events,omitempty"`
	// Trouble is why the service that is asked tells nothing of it now.
	Trouble  *TrackTrouble `json:"track_trouble,omitempty"`
	Revision int           `json:"revision"`
	Rev      int64         `json:"rev"`
}

// ParcelStatus is where an inbound parcel stands.
type ParcelStatus string

// Statuses of a parcel.
const (
	ParcelPlanned    ParcelStatus = "planned"
	ParcelHandedOver ParcelStatus = "handed_over" // to the carrier: the waybill is fixed now (Q8)
	ParcelInTransit  ParcelStatus = "in_transit"
	ParcelSigned     ParcelStatus = "signed"
	ParcelRejected   ParcelStatus = "rejected"
	ParcelHeld       ParcelStatus = "held_for_pickup" // against R08: someone must call
	ParcelLost       ParcelStatus = "lost"
)

// Rejection is why a parcel was refused. All losses are the user's (R19).
type Rejection struct {
	Reason string    `json:"reason"` // no_work_order, content_mismatch, wrong_waybill, incomplete_repair_info, freight_collect, self_pickup, other
	Note   string    `json:"note"`
	Bearer Bearer    `json:"bearer"`
	Photos []FileRef `json:"photos,omitempty"`
	At     Instant   `json:"at"`
	By     string    `json:"by"`
}

// Carrier is a row of data: sf, deppon, kye, …
type Carrier string

// WaybillNumber is the carrier's number of a parcel or shipment.
type WaybillNumber string

// FreightTerms say who pays the carrier, and when.
type FreightTerms string

// Freight terms. Only the first passes preflight (R10).
const (
	FreightPrepaid FreightTerms = "prepaid_by_sender"
	FreightCollect FreightTerms = "collect"
	FreightCOD     FreightTerms = "cod"
)

// DeliveryMode is how the carrier hands over.
type DeliveryMode string

// Delivery modes. Self-pickup cannot be chosen (R08).
const (
	DeliveryDoor       DeliveryMode = "door"
	DeliverySelfPickup DeliveryMode = "self_pickup"
)

// Shipment is one return from the centre; a work order has 1..n (R42, R43).
type Shipment struct {
	ID            ShipmentID     `json:"id"`
	WorkOrder     WorkOrderID    `json:"work_order"`
	Seq           int            `json:"seq"`
	Carrier       Carrier        `json:"carrier"`
	WaybillNumber WaybillNumber  `json:"waybill_number"`
	FreightPayer  Bearer         `json:"freight_payer"` // R09
	Devices       []DeviceID     `json:"devices"`
	Status        ShipmentStatus `json:"status"`
	ShippedAt     Instant        `json:"shipped_at,omitempty"`
	DeliveredAt   Instant        `json:"delivered_at,omitempty"`
	RefusedReason string         `json:"refused_reason,omitempty"`
	Events        []TrackEvent   `json:"events"`
	Trouble       *TrackTrouble  `json:"track_trouble,omitempty"` // why the service that is asked tells nothing now
	Rev           int64          `json:"rev"`
}

// ShipmentStatus is where a return shipment stands.
type ShipmentStatus string

// Statuses of a shipment.
const (
	ShipmentShipped        ShipmentStatus = "shipped"
	ShipmentInTransit      ShipmentStatus = "in_transit"
	ShipmentOutForDelivery ShipmentStatus = "out_for_delivery"
	ShipmentDelivered      ShipmentStatus = "delivered"
	ShipmentRefused        ShipmentStatus = "refused" // R36
	ShipmentException      ShipmentStatus = "exception"
	ShipmentReturned       ShipmentStatus = "returned_to_centre"
	ShipmentLost           ShipmentStatus = "lost"
)

// TrackEvent is one line of a tracking timeline.
type TrackEvent struct {
	At     Instant `json:"at"`
	Status string  `json:"status"` // a TrackStatus; by hand also another ShipmentStatus or ParcelStatus
	Place  string  `json:"place,omitempty"`
	Text   string  `json:"text,omitempty"`
	Source string  `json:"source"` // by_hand, customer, or the service that told it
}

// UnclaimedParcel arrived without a work order (R15, R34). It is nobody's order.
type UnclaimedParcel struct {
	ID            UnclaimedID    `json:"id"`
	Carrier       Carrier        `json:"carrier"`
	WaybillNumber WaybillNumber  `json:"waybill_number"`
	Serials       []SerialNumber `json:"serials"`
	Sender        string         `json:"sender"`
	Note          string         `json:"note"`
	ArrivedAt     Instant        `json:"arrived_at"`
	LastContactAt Instant        `json:"last_contact_at,omitempty"`
	EligibleFrom  Date           `json:"eligible_from"` // forfeiture may be decided from here on (R34)
	Status        string         `json:"status"`        // held, returned, forfeited, linked
	WorkOrder     WorkOrderID    `json:"work_order,omitempty"`
	DecidedBy     string         `json:"decided_by,omitempty"`
	DecidedAt     Instant        `json:"decided_at,omitempty"`
	Rev           int64          `json:"rev"`
}
