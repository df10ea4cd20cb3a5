-- What only this PC knows. Nothing here can be had again from a centre.

-- One centre this PC has joined, as one customer account or as one person of the
-- centre. scope names it everywhere else. The token is in the keyring, not here.
CREATE TABLE session (
    scope     TEXT PRIMARY KEY,
    server_id TEXT NOT NULL,
    url       TEXT NOT NULL,
    centre    TEXT NOT NULL,      -- what the centre calls itself, English
    centre_zh TEXT NOT NULL,
    account   TEXT NOT NULL,      -- '' for the centre's own people
    user      TEXT NOT NULL,
    name      TEXT NOT NULL,
    role      TEXT NOT NULL,      -- repair.Role
    install   TEXT NOT NULL,      -- what the centre calls this PC
    practice  INTEGER NOT NULL,   -- 1 for the embedded practice centre
    joined_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What a person set, and small facts of the program, as JSON by name.
CREATE TABLE preference (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A work order only this PC knows. version counts every change, so that what was
-- computed from a draft knows when it is out of date. step is the last step done:
-- steps above it may be done again.
CREATE TABLE draft (
    id         TEXT PRIMARY KEY,
    scope      TEXT NOT NULL,
    contact    TEXT NOT NULL,     -- repair.Contact as JSON
    address    TEXT NOT NULL,     -- repair.Address as JSON
    reference  TEXT NOT NULL,
    note       TEXT NOT NULL,
    search     TEXT NOT NULL,     -- reference, company, name and telephone in small letters
    columns    TEXT NOT NULL,     -- extra columns of the customer's file, JSON list
    row_count  INTEGER NOT NULL,
    version    INTEGER NOT NULL,
    step       INTEGER NOT NULL,
    state      TEXT NOT NULL,     -- open, sent (an outbox row exists), filed (its work order has come back), discarded
    outbox     TEXT NOT NULL,     -- the submission it was sent as: the work order's id
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_by_update ON draft (scope, state, updated_at, id);
CREATE INDEX draft_by_outbox ON draft (outbox) WHERE outbox <> '';

-- One device line. pos orders the rows with gaps between them, so that a row
-- inserted in the middle moves no other. serial_key compares; serial is as typed.
CREATE TABLE draft_row (
    id         TEXT PRIMARY KEY,
    draft      TEXT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    pos        INTEGER NOT NULL,
    serial     TEXT NOT NULL,
    serial_key TEXT NOT NULL,
    model      TEXT NOT NULL,
    complaint  TEXT NOT NULL,
    ship_date  TEXT NOT NULL,
    photos     TEXT NOT NULL,     -- list of repair.FileRef as JSON, '' for none
    extra      TEXT NOT NULL,     -- other columns as JSON, '' for none
    found      TEXT NOT NULL      -- findings of the reading that preflight cannot see again, JSON, '' for none
) STRICT, WITHOUT ROWID;

CREATE INDEX draft_row_by_pos ON draft_row (draft, pos);
CREATE INDEX draft_row_by_serial ON draft_row (serial_key, draft);

-- What one deed changed, so that it can be taken back and done again. Both images
-- are JSON, gzipped: the header and the rows before, and after.
CREATE TABLE draft_step (
    draft  TEXT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    n      INTEGER NOT NULL,
    kind   TEXT NOT NULL,         -- edit, paste, import, delete, insert, header, scan, photo, duplicates
    before BLOB NOT NULL,
    after  BLOB NOT NULL,
    PRIMARY KEY (draft, n)
) STRICT;

-- A file that was read into a draft. Its bytes are in the file store, so that it
-- can be read again with other columns.
CREATE TABLE import_job (
    id         TEXT PRIMARY KEY,
    draft      TEXT NOT NULL REFERENCES draft (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    rows       BLOB NOT NULL,     -- ids of the rows it added, JSON, gzipped
    view       TEXT NOT NULL,     -- what was found, as the screen shows it
    created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX import_job_by_draft ON import_job (draft);

-- One box being packed. It becomes the parcel of the same id.
CREATE TABLE box (
    id            TEXT PRIMARY KEY,
    scope         TEXT NOT NULL,
    work_order    TEXT NOT NULL,
    seq           INTEGER NOT NULL,
    plan          TEXT NOT NULL,  -- repair.ParcelPlan as JSON, without its devices
    label_printed INTEGER NOT NULL,
    filed         TEXT NOT NULL   -- the set_parcels command that filed it, '' before
) STRICT, WITHOUT ROWID;

CREATE INDEX box_by_order ON box (scope, work_order, seq);

-- Which device lies in which box. The key makes a device in two boxes impossible (R16).
CREATE TABLE box_device (
    scope      TEXT NOT NULL,
    work_order TEXT NOT NULL,
    device     TEXT NOT NULL,
    box        TEXT NOT NULL REFERENCES box (id) ON DELETE CASCADE,
    n          INTEGER NOT NULL,  -- the order of packing
    PRIMARY KEY (scope, work_order, device)
) STRICT, WITHOUT ROWID;

CREATE INDEX box_device_by_box ON box_device (box, n);

-- A step of the packing guidance that a person ticked (R07).
CREATE TABLE tick (
    scope      TEXT NOT NULL,
    work_order TEXT NOT NULL,
    step       TEXT NOT NULL,
    PRIMARY KEY (scope, work_order, step)
) STRICT, WITHOUT ROWID;

-- What goes to the centre: the exact bytes, frozen. Rows of one work order go in
-- the order of n, one at a time. Accepted rows stay: they are the proof.
CREATE TABLE outbox (
    n           INTEGER PRIMARY KEY AUTOINCREMENT,
    id          TEXT NOT NULL UNIQUE,  -- UUIDv7: the idempotency key
    scope       TEXT NOT NULL,
    kind        TEXT NOT NULL,         -- submit, or a repair.CommandKind
    work_order  TEXT NOT NULL,         -- '' for a command without one
    draft       TEXT NOT NULL,         -- of a submission
    title       TEXT NOT NULL,
    body        BLOB NOT NULL,
    fingerprint TEXT NOT NULL,         -- SHA-256 of body, lower-case hex
    seen_rev    INTEGER NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('holding', 'queued', 'sending', 'accepted', 'refused', 'dismissed')),
    attempts    INTEGER NOT NULL,
    next_at     TEXT NOT NULL,
    hold_until  TEXT NOT NULL,
    rev         INTEGER NOT NULL,      -- the centre's, of the acceptance
    answer      TEXT NOT NULL,         -- the acknowledgement as it came
    reason      TEXT NOT NULL,         -- repair.Error of the last try as JSON, '' for none
    created_at  TEXT NOT NULL,
    updated_at  TEXT NOT NULL
) STRICT;

CREATE INDEX outbox_by_state ON outbox (scope, state, n);
CREATE INDEX outbox_in_flight ON outbox (state) WHERE state = 'sending';
CREATE INDEX outbox_by_order ON outbox (scope, work_order, state, n);

-- A photo or voucher that a session refers to. The bytes are in the file store;
-- they travel after what refers to them was queued.
CREATE TABLE file (
    scope      TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    name       TEXT NOT NULL,
    type       TEXT NOT NULL,
    size       INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('kept', 'waiting', 'uploaded')),
    upload_url TEXT NOT NULL,
    attempts   INTEGER NOT NULL,
    next_at    TEXT NOT NULL,
    reason     TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (scope, sha256)
) STRICT, WITHOUT ROWID;

CREATE INDEX file_by_state ON file (scope, state, next_at);

-- The payee a person has paid or checked. Another one stops the payment page.
CREATE TABLE trusted_payee (
    scope      TEXT NOT NULL,
    method     TEXT NOT NULL,
    currency   TEXT NOT NULL,
    digest     TEXT NOT NULL,          -- SHA-256 of name, account, bank, network
    trusted_at TEXT NOT NULL,
    PRIMARY KEY (scope, method, currency)
) STRICT, WITHOUT ROWID;
