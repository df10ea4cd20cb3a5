package repair

// WhyCodes lists every translation key of this package that is not an error or a
// finding: the sentences that explain a derived value (R50), the consequences of
// deadlines, and what the program itself writes into the thread.
func WhyCodes() []string {
	return []string{
		"deadline.may_be_forfeited", "deadline.none", "deadline.out_of_warranty", "deadline.quote_lapses", "deadline.sent_home",
		"message.due_extended", "message.forfeited", "message.parcel_rejected", "message.received",
		"message.resolved_remote", "message.return_confirmed",
		"why.due_extended", "why.due_large_order", "why.due_receipt", "why.due_voucher",
		"why.forfeit_refused", "why.forfeit_unpaid", "why.quote_valid", "why.reminder", "why.ship_after_receipt",
		"why.warranty_end", "why.warranty_in", "why.warranty_not_received", "why.warranty_out", "why.warranty_unknown", "why.warranty_void",
	}
}
