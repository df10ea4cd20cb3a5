package repair

// Quote is the centre's price for one device (R26, R33), in versions: a new
// quote supersedes the old one, which is kept.
type Quote struct {
	ID         QuoteID     `json:"id"`
	WorkOrder  WorkOrderID `json:"work_order"`
	Device     DeviceID    `json:"device"`
	Version    int         `json:"version"`
	Class      Class       `json:"class"` // of the device when quoted: decides whether it may be declined (R31, R32)
	Lines      []QuoteLine `json:"lines"`
	Total      Money       `json:"total"`
	Note       string      `json:"note,omitempty"`
	ValidUntil Date        `json:"valid_until,omitempty"`
	Status     QuoteStatus `json:"status"`
	IssuedAt   Instant     `json:"issued_at"`
	IssuedBy   string      `json:"issued_by"`
	DecidedAt  Instant     `json:"decided_at,omitempty"`
	DecidedBy  string      `json:"decided_by,omitempty"`
	Rev        int64       `json:"rev"`
}

// QuoteLine is one position of a quote.
type QuoteLine struct {
	Code   string `json:"code"` // fault or part code, or ""
	Text   string `json:"text"`
	Amount Money  `json:"amount"`
}

// QuoteStatus is where a quote stands.
type QuoteStatus string

// Statuses of a quote.
const (
	QuoteIssued     QuoteStatus = "issued"
	QuoteAccepted   QuoteStatus = "accepted"
	QuoteDeclined   QuoteStatus = "declined"
	QuoteSuperseded QuoteStatus = "superseded"
	QuoteLapsed     QuoteStatus = "lapsed" // by the centre only
	QuoteSettled    QuoteStatus = "settled"
)

// Payment pays for accepted quotes of one currency.
type Payment struct {
	ID            PaymentID     `json:"id"`
	WorkOrder     WorkOrderID   `json:"work_order"`
	Quotes        []QuoteID     `json:"quotes"`
	Amount        Money         `json:"amount"`
	Method        PayMethod     `json:"method"`
	Reference     string        `json:"reference"` // what the transfer must carry
	Status        PaymentStatus `json:"status"`
	Vouchers      []FileRef     `json:"vouchers,omitempty"`
	TxID          string        `json:"tx_id,omitempty"`
	VoucherSentAt Instant       `json:"voucher_sent_at,omitempty"` // starts R39's clock
	ConfirmedAt   Instant       `json:"confirmed_at,omitempty"`
	ConfirmedBy   string        `json:"confirmed_by,omitempty"`
	Received      Money         `json:"received"`
	Refunds       []Refund      `json:"refunds,omitempty"`
	Reason        string        `json:"reason,omitempty"`
	ReceiptNumber string        `json:"receipt_number,omitempty"` // of the payment receipt
	Checkout      *Checkout     `json:"checkout,omitempty"`       // the present invoice at the payment server
	Earlier       []Checkout    `json:"earlier_checkouts,omitempty"`
	// CheckoutTrouble is why the payment server tells nothing: the code of an error.
	CheckoutTrouble string `json:"checkout_trouble,omitempty"`
	Rev             int64  `json:"rev"`
}

// Refund is money that a person at the centre has given back.
type Refund struct {
	Amount Money     `json:"amount"`
	Reason string    `json:"reason"`
	Proof  []FileRef `json:"proof,omitempty"`
	TxID   string    `json:"tx_id,omitempty"`
	At     Instant   `json:"at"`
	By     string    `json:"by"`
}

// PayMethod is how money is sent.
type PayMethod string

// Methods of payment.
const (
	PayBankTransfer PayMethod = "bank_transfer"
	PayUSDTTRC20    PayMethod = "usdt_trc20"
	// PayCryptoCheckout is a page of the centre's payment server; it is taken while the
	// centre has one.
	PayCryptoCheckout PayMethod = "crypto_checkout"
)

// PaymentStatus is where a payment stands.
type PaymentStatus string

// Statuses of a payment.
const (
	PaymentChosen      PaymentStatus = "method_chosen"
	PaymentVoucherSent PaymentStatus = "voucher_sent"
	PaymentUnderReview PaymentStatus = "under_review"
	PaymentConfirmed   PaymentStatus = "confirmed"
	PaymentRejected    PaymentStatus = "rejected"
	PaymentUnderpaid   PaymentStatus = "underpaid"
	PaymentOverpaid    PaymentStatus = "overpaid"
	PaymentRefunded    PaymentStatus = "refunded"

	// Of an invoice at the payment server.
	PaymentWaiting PaymentStatus = "waiting"
	PaymentSeen    PaymentStatus = "seen"
	PaymentLate    PaymentStatus = "late"
	PaymentExpired PaymentStatus = "expired"
)

// Message is one line of the thread between customer and centre.
type Message struct {
	ID        MessageID   `json:"id"`
	WorkOrder WorkOrderID `json:"work_order"`
	Actor     Actor       `json:"actor"`
	Author    string      `json:"author"`
	Kind      string      `json:"kind"` // note, question, answer, carrier_question, system
	Code      string      `json:"code,omitempty"`
	Text      string      `json:"text"`
	Files     []FileRef   `json:"files,omitempty"`
	At        Instant     `json:"at"`
	Rev       int64       `json:"rev"`
}

// Correction mends paper data after submission: the customer asks, the office
// applies it as a new revision. Never the address (R20).
type Correction struct {
	ID          CorrectionID `json:"id"`
	WorkOrder   WorkOrderID  `json:"work_order"`
	Device      DeviceID     `json:"device,omitempty"`
	Parcel      ParcelID     `json:"parcel,omitempty"`
	Field       string       `json:"field"` // serial, model, carrier, waybill_number
	From        string       `json:"from"`
	To          string       `json:"to"`
	Reason      string       `json:"reason"`
	Status      string       `json:"status"` // requested, applied, refused
	Answer      string       `json:"answer,omitempty"`
	RequestedAt Instant      `json:"requested_at"`
	RequestedBy string       `json:"requested_by"`
	DecidedAt   Instant      `json:"decided_at,omitempty"`
	DecidedBy   string       `json:"decided_by,omitempty"`
	Revision    int          `json:"revision,omitempty"` // the revision it made
	Rev         int64        `json:"rev"`
}

// Money is an amount in the smallest unit of its currency: fen, cents, and
// millionths of a USDT. Never a float.
type Money struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"` // ISO 4217, or USDT
}
