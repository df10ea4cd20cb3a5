package label

import "hashmend/backend/repair"

// What can be wrong with a label. Args name the element and what it held.
var (
	// ErrFontsMissing: the program was built without running build/fontprep.
	ErrFontsMissing = &repair.Error{Kind: repair.Internal, Code: "label.fonts_missing"}
	// ErrTextDoesNotFit: even at its smallest size, wrapped. Args element, text.
	ErrTextDoesNotFit = &repair.Error{Kind: repair.Invalid, Code: "label.text_does_not_fit"}
	// ErrGlyphMissing: no embedded font has the character. Args element, character, code_point.
	ErrGlyphMissing = &repair.Error{Kind: repair.Invalid, Code: "label.glyph_missing"}
	// ErrQRDoesNotFit: the payload needs modules smaller than a printer can be trusted with. Args element.
	ErrQRDoesNotFit = &repair.Error{Kind: repair.Invalid, Code: "label.qr_does_not_fit"}
	// ErrFieldMissing: a final label lacks what the receiver needs. Args element.
	ErrFieldMissing = &repair.Error{Kind: repair.Invalid, Code: "label.field_missing"}
	// ErrNumberMissing: a final label without the centre's number would be refused on arrival.
	ErrNumberMissing = &repair.Error{Kind: repair.Conflict, Code: "label.number_missing", Rule: "R15"}
	// ErrHost: the centre's host cannot stand in a code. Args host.
	ErrHost = &repair.Error{Kind: repair.Invalid, Code: "label.host_invalid"}
	// ErrSheet: the sheet or the starting cell does not exist. Args start, cells.
	ErrSheet = &repair.Error{Kind: repair.Invalid, Code: "label.sheet_invalid"}
	// ErrSheetTooSmall: a label is larger than the stickers of the sheet. Args stock.
	ErrSheetTooSmall = &repair.Error{Kind: repair.Invalid, Code: "label.sheet_too_small"}

	// ErrBarsInvalid: a bar code takes printable ASCII. Args element, text.
	ErrBarsInvalid = &repair.Error{Kind: repair.Invalid, Code: "label.bars_invalid"}
	// ErrPicture: not a PNG or JPEG that fits a label. Args element, file.
	ErrPicture = &repair.Error{Kind: repair.Invalid, Code: "label.picture_invalid"}
	// ErrTemplate: a template is not right. Args template, element, problem.
	ErrTemplate = &repair.Error{Kind: repair.Invalid, Code: "label.template_invalid"}
	// ErrTemplateUnknown: no template has the name. Args template.
	ErrTemplateUnknown = &repair.Error{Kind: repair.NotFound, Code: "label.template_unknown"}
	// ErrTable: a table of labels cannot be read. Args row, problem.
	ErrTable = &repair.Error{Kind: repair.Invalid, Code: "label.table_invalid"}
	// ErrRowLong: a row has more cells than the heading, so nobody knows which cell
	// belongs to which column. Args row, column, cells, columns.
	ErrRowLong = &repair.Error{Kind: repair.Invalid, Code: "label.row_too_long"}
	// ErrColumn: a table lacks what the template shows. Args column, field.
	ErrColumn = &repair.Error{Kind: repair.Invalid, Code: "label.column_missing"}
	// ErrColumnTwice: two columns have the name of a field, in whatever case, and
	// nobody knows which one is meant. Args column, field, first, second.
	ErrColumnTwice = &repair.Error{Kind: repair.Invalid, Code: "label.column_twice"}
	// ErrCodeUnseen: a code would carry a character that the label cannot show, so
	// that a scan differs from what is printed. Args element, code_point, at.
	ErrCodeUnseen = &repair.Error{Kind: repair.Invalid, Code: "label.code_unseen"}
	// ErrNumberRounded: a spreadsheet wrote a long number in exponent form, and its
	// digits are lost. Args element, text.
	ErrNumberRounded = &repair.Error{Kind: repair.Invalid, Code: "label.number_rounded"}
	// ErrSerialTwice warns: a row has the serial of one before. Args row, column, first.
	ErrSerialTwice = &repair.Error{Kind: repair.Invalid, Code: "label.serial_twice"}
	// ErrSerialTwiceMore warns that there are more of them. Args count.
	ErrSerialTwiceMore = &repair.Error{Kind: repair.Invalid, Code: "label.serial_twice_more"}
	// ErrDevice: a printer profile holds what no printer does. Args field, value.
	ErrDevice = &repair.Error{Kind: repair.Invalid, Code: "label.device_invalid"}
	// ErrOffPaper: the printer's offset pushes ink off the label. Args x, y, in dots.
	ErrOffPaper = &repair.Error{Kind: repair.Invalid, Code: "label.off_the_paper"}
)
