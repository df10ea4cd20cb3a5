package archtest

// row says what one package of ours may import of the others, and why. A package
// that no row names may not exist: give it a row, and so a reason, first.
type row struct {
	pkg     string   // under the module; "cmd/*" ends in any name
	imports []string // packages of ours; "*" is all of them
	why     string
}

// plan is read from what changes most to what changes least: an import points
// down. Siblings do not know each other, so each can be replaced alone.
var plan = []row{
	{"", []string{"*"},
		"the entrance joins what may not know each other; it has no logic"},
	{"app/webdesk", []string{"app", "backend/repair"},
		"a browser gets the window's own structs; it adds a transport and nothing else"},
	{"app", []string{
		"backend/desk", "backend/syncer", "backend/localdb", "backend/repair", "backend/label", "backend/label/mr1", "backend/label/qr", "backend/printer",
		"backend/intake", "backend/miner", "backend/export", "backend/blob", "backend/pay", "backend/calendar",
		"backend/settings", "backend/keyring", "backend/wire", "backend/datadir", "backend/centrehost", "backend/atomicfile"},
		"the window's side joins the desk's parts; of the centre it knows the whole one to practise with, and no part"},
	{"backend/cmd/*", []string{"*"},
		"an entrance joins adapters: here and in main only"},

	{"backend/centrehost", []string{
		"backend/centre", "backend/centre/seed", "backend/centredb", "backend/httpapi", "backend/blob", "backend/calendar", "backend/carrier", "backend/checkout",
		"backend/repair", "backend/wire", "backend/sqlkit", "backend/atomicfile"},
		"a whole centre, joined once for its two entrances: centred, and the practice inside the window"},

	{"backend/desk", []string{"backend/fault", "backend/repair", "backend/wire", "backend/localdb", "backend/blob", "backend/calendar", "backend/intake", "backend/photo"},
		"a deed decides and keeps; it freezes request bytes, so it knows the contract, but not how they travel"},
	{"backend/syncer", []string{"backend/fault", "backend/repair", "backend/wire", "backend/client", "backend/localdb", "backend/blob", "backend/keyring"},
		"what travels, whatever was decided: it may not call a deed"},
	{"backend/client", []string{"backend/fault", "backend/wire", "backend/repair"},
		"the contract over HTTP; it keeps nothing"},

	{"backend/httpapi", []string{"backend/centre", "backend/wire", "backend/repair", "backend/blob", "backend/label/mr1"},
		"a handler decodes, calls one deed, encodes; it sees no table"},
	{"backend/centre", []string{"backend/fault", "backend/repair", "backend/wire", "backend/calendar", "backend/carrier", "backend/checkout", "backend/blob", "backend/label/mr1", "backend/photo"},
		"the centre's deeds name the store they need; a store implements it"},

	{"backend/centre/seed", []string{"backend/centre", "backend/repair", "backend/wire"},
		"a story told through the centre's deeds; it sees no store"},

	{"backend/localdb", []string{"backend/repair", "backend/wire", "backend/sqlkit", "backend/wreck", "backend/atomicfile"},
		"statements and rows of this PC, and what is left of them in a damaged file"},
	{"backend/centredb", []string{"backend/centre", "backend/repair", "backend/sqlkit", "backend/sqlkit/named"},
		"implements the store that the centre's deeds ask for"},

	{"backend/centredb/postgres", []string{"backend/centre", "backend/centredb", "backend/repair", "backend/pgkit", "backend/sqlkit/named"},
		"the same statements on PostgreSQL; apart, so that the desk does not carry it"},
	{"backend/centredb/storetest", []string{"backend/centre", "backend/repair"}, "what every store must do: it may not know one"},

	{"backend/wire", []string{"backend/repair"}, "the contract speaks in the nouns of a repair case"},
	{"backend/label", []string{"backend/repair", "backend/label/mr1", "backend/label/qr", "backend/label/truetype"}, "prints what it is given"},
	{"backend/label/mr1", []string{"backend/repair"}, "the code on a label, read by both programs: the centre links no fonts"},
	{"backend/label/qr", nil, "modules of a code, whatever it says"},
	{"backend/label/truetype", nil, "font files, whatever is written with them"},
	{"backend/intake", []string{"backend/repair"}, "reads what people send"},
	{"backend/export", []string{"backend/repair"}, "writes what people take away"},
	{"backend/miner", []string{"backend/repair"}, "reads machines; it keeps nothing"},
	{"backend/carrier", []string{"backend/repair"}, "waybill formats and tracking, as data"},
	{"backend/checkout", []string{"backend/repair"}, "a payment server, asked and proven; it keeps nothing"},
	{"backend/pay", []string{"backend/repair"}, "what a payment code says"},
	{"backend/letter", []string{"backend/repair"}, "what a letter says, and how it leaves; apart, so that the desk does not carry it"},
	{"backend/calendar", []string{"backend/repair"}, "working days, as data"},

	{"backend/blob", []string{"backend/atomicfile"}, "files by their hash, whatever is in them"},
	{"backend/blob/bucket", []string{"backend/blob"}, "the same in S3; apart, so that the desk does not carry it"},
	{"backend/photo", nil, "pictures, whoever brings them"},
	{"backend/settings", []string{"backend/atomicfile", "backend/repair"}, "a file of this PC, and what is wrong with it"},
	{"backend/keyring", []string{"backend/atomicfile", "backend/repair"}, "secrets, and what is wrong with the keychain"},
	{"backend/datadir", []string{"backend/repair"}, "who holds the data folder, before anything is read in it"},

	{"backend/repair", nil, "the rules depend on nothing, or they would change with it"},
	{"backend/sqlkit", []string{"backend/sqlkit/named"}, "knows no table of ours"},
	{"backend/sqlkit/named", nil, "statements by name, for whichever database"},
	{"backend/wreck", nil, "a damaged database file, whatever was in it"},
	{"backend/pgkit", []string{"backend/sqlkit/named"}, "knows no table of ours"},
	{"backend/fault", nil, "names of moments; nothing in a released program"},
	{"backend/atomicfile", nil, "a file, whatever is in it"},
	{"backend/printer", nil, "bytes to a printer, whatever they draw"},

	{"backend/archtest", nil, "this test"},
	{"backend/repairtest", []string{"backend/repair", "backend/calendar"}, "cases for tests"},
	{"backend/simtest", []string{
		"backend/blob", "backend/calendar", "backend/centre", "backend/centrehost", "backend/client", "backend/datadir", "backend/desk", "backend/fault", "backend/keyring", "backend/localdb",
		"backend/repair", "backend/repairtest", "backend/syncer", "backend/wire"},
		"the whole of both programs under faults: it joins them as the entrances do, and nothing imports it"},
	{"backend/simtest/powercut", nil, "a disk that fails, below whatever is on it"},
	{"backend/wiretest", []string{"backend/wire", "backend/repair", "backend/client"}, "a suite for any server of the contract: it may not know ours"},
	{"backend/enginetest", nil, "PostgreSQL and S3 for tests, whoever asks"},
	{"build/*", []string{"*"}, "tools of the house, never part of the program"},
}

// forbidden are modules that only some places may import.
var forbidden = []struct {
	path, except, why string
}{
	{"github.com/wailsapp/wails/", "app", "the rest builds and is tested without a window; centred links no GUI"},
	{"github.com/mattn/go-sqlite3", "backend/sqlkit", "one place knows the driver, its pragmas and its errors"},
	{"github.com/go-resty/resty/", "backend/client", "one place talks to a centre"},
	{"github.com/jackc/pgx/", "backend/pgkit", "one place knows the driver and its errors, and the desk does not link it"},
	{"github.com/wneessen/go-mail/", "backend/letter", "one place talks SMTP, and the desk does not link it"},
	{"github.com/minio/minio-go/", "backend/blob/bucket", "one place talks S3, and the desk does not link it"},
}

// required are packages that the plan is about. If one vanished its rows would
// hold without holding anything.
var required = []string{"app", "app/webdesk", "backend/repair", "backend/sqlkit", "backend/wire"}
