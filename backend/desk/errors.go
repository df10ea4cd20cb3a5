package desk

import (
	"errors"
	"hashmend/backend/repair"
	"hashmend/backend/wire"
)

// Errors of the desk itself; the rules have their own.
var (
	ErrDraftNotFound  = &repair.Error{Kind: repair.NotFound, Code: "draft.not_found"}
	ErrDraftNotOpen   = &repair.Error{Kind: repair.Conflict, Code: "draft.not_open"}
	ErrDraftBlocked   = &repair.Error{Kind: repair.Invalid, Code: "draft.blocked"}
	ErrSendTooLate    = &repair.Error{Kind: repair.Conflict, Code: "draft.send_too_late"}
	ErrColumnUnknown  = &repair.Error{Kind: repair.Invalid, Code: "draft.column_unknown"}
	ErrImportUnknown  = &repair.Error{Kind: repair.NotFound, Code: "import.not_found"}
	ErrImportRunning  = &repair.Error{Kind: repair.Conflict, Code: "import.running"}
	ErrFileTooLarge   = &repair.Error{Kind: repair.Invalid, Code: "file.too_large"}
	ErrFileType       = &repair.Error{Kind: repair.Invalid, Code: wire.CodeFileType} // args: name
	ErrFileMissing    = &repair.Error{Kind: repair.NotFound, Code: "file.not_found"}
	ErrPackingClosed  = &repair.Error{Kind: repair.Conflict, Code: "packing.not_open", Rule: "R03"}
	ErrBoxUnknown     = &repair.Error{Kind: repair.NotFound, Code: "packing.box_not_found"}
	ErrBoxGone        = &repair.Error{Kind: repair.Conflict, Code: "packing.box_handed_over"}
	ErrBoxNotFiled    = &repair.Error{Kind: repair.Conflict, Code: "packing.box_not_filed", Rule: "R14"}
	ErrWaybillDiffers = &repair.Error{Kind: repair.Invalid, Code: "packing.waybill_differs", Rule: "R17"}
	ErrOutboxTooLate  = &repair.Error{Kind: repair.Conflict, Code: "outbox.too_late"}
	ErrPreference     = &repair.Error{Kind: repair.Invalid, Code: "settings.value_invalid"}
)

// CodeSerialElsewhere is the finding of a serial number that another draft or an
// open work order has. Args: where (its name), kind (draft or order), id.
const CodeSerialElsewhere = "intake.serial_elsewhere"

// Codes of what a decision about a quote means, and of why a label is a draft.
const (
	CodeGoesHomeUnrepaired = "quote.goes_home_unrepaired" // declined (R31)
	CodeMustBePaid         = "quote.must_be_paid"         // cannot be declined (R32); unpaid it stays (R35)
	CodeDraftNoNumber      = "label.draft_no_number"      // R15
	CodeDraftNotConfirmed  = "label.draft_not_confirmed"  // R03
)

func isNotFound(err error) bool {
	var e *repair.Error
	return errors.As(err, &e) && e.Kind == repair.NotFound
}

func asError(err error) *repair.Error {
	var e *repair.Error
	if errors.As(err, &e) {
		return e
	}
	return &repair.Error{Kind: repair.Internal, Code: "internal.unexpected", Err: err}
}
