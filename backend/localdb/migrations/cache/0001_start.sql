-- What centres told this PC. Only the pull applier writes here, and all of it can
-- be had again.

-- A session and where its pull stands. The number stands for the scope in the
-- other tables: it is in every index of a million devices.
CREATE TABLE scope (
    n         INTEGER PRIMARY KEY,
    name      TEXT NOT NULL UNIQUE,
    cursor    TEXT NOT NULL,
    pulled_at TEXT NOT NULL
) STRICT;

-- A row of the change feed as it came. body is NULL once the centre deleted it:
-- the revision stays, so that an older row cannot bring it back.
CREATE TABLE entity (
    n          INTEGER PRIMARY KEY,
    scope      INTEGER NOT NULL REFERENCES scope (n),
    t          TEXT NOT NULL,
    id         TEXT NOT NULL,
    work_order TEXT NOT NULL,     -- '' for what belongs to none
    rev        INTEGER NOT NULL,
    body       BLOB,
    UNIQUE (scope, t, id)
) STRICT;

CREATE INDEX entity_by_order ON entity (scope, work_order, t, rev);

-- A row that this program could not read. A newer program may.
CREATE TABLE quarantine (
    scope INTEGER NOT NULL REFERENCES scope (n),
    t     TEXT NOT NULL,
    id    TEXT NOT NULL,
    rev   INTEGER NOT NULL,
    body  BLOB NOT NULL,
    error TEXT NOT NULL,
    PRIMARY KEY (scope, t, id)
) STRICT;

-- A work order for lists and search.
CREATE TABLE order_row (
    scope     INTEGER NOT NULL REFERENCES scope (n),
    id        TEXT NOT NULL,
    number    TEXT NOT NULL,
    reference TEXT NOT NULL,
    customer  TEXT NOT NULL,
    stage     TEXT NOT NULL,
    flags     TEXT NOT NULL,      -- JSON list
    devices   INTEGER NOT NULL,
    updated   TEXT NOT NULL,      -- the last thing that happened to it
    search    TEXT NOT NULL,      -- number, reference, customer in small letters
    PRIMARY KEY (scope, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX order_row_by_update ON order_row (scope, updated, id);
CREATE INDEX order_row_by_stage ON order_row (scope, stage, updated, id);
CREATE INDEX order_row_by_number ON order_row (scope, number);

-- A device for pages and search; n is its entity's.
CREATE TABLE device_row (
    n          INTEGER PRIMARY KEY REFERENCES entity (n),
    scope      INTEGER NOT NULL,
    id         TEXT NOT NULL,
    work_order TEXT NOT NULL,
    line       INTEGER NOT NULL,
    serial_key TEXT NOT NULL,
    status     TEXT NOT NULL
) STRICT;

CREATE INDEX device_row_by_line ON device_row (scope, work_order, line);
CREATE INDEX device_row_by_status ON device_row (scope, work_order, status, line);
CREATE INDEX device_row_by_serial ON device_row (scope, serial_key, work_order);

-- Any three characters of a serial number find it. rowid is the entity's n; the
-- text itself is not kept twice.
CREATE VIRTUAL TABLE device_text USING fts5 (
    serial_key, content = '', contentless_delete = 1, tokenize = 'trigram'
);

-- A waybill number, inbound or home.
CREATE TABLE waybill_row (
    scope      INTEGER NOT NULL REFERENCES scope (n),
    id         TEXT NOT NULL,     -- of the parcel or shipment
    t          TEXT NOT NULL,     -- parcel, shipment
    waybill    TEXT NOT NULL,     -- normalised: capitals and digits
    work_order TEXT NOT NULL,
    PRIMARY KEY (scope, t, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX waybill_row_by_number ON waybill_row (scope, waybill);
