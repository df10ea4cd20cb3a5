-- Everything that desks pull: one row per thing of a repair case, and the
-- centre's own row. A later commit replaces a row and raises its rev, so the
-- table is its own feed and never grows with what is only changed.
CREATE TABLE entity (
    seq        INTEGER PRIMARY KEY,   -- order of first appearance: the order within a case
    t          TEXT NOT NULL,         -- wire.RowType
    id         TEXT NOT NULL,
    account    TEXT NOT NULL,         -- '*' everybody's, '' the centre's own people's
    work_order TEXT NOT NULL,         -- '' for what belongs to none
    rev        INTEGER NOT NULL,
    deleted    INTEGER NOT NULL,
    open       INTEGER NOT NULL,      -- of a work order: not at its end
    key        TEXT NOT NULL,         -- a device's serial key, a parcel's waybill number, else ''
    body       TEXT NOT NULL          -- JSON of the thing
) STRICT;

CREATE UNIQUE INDEX entity_by_id ON entity (t, id);
-- The feed of one account, and of the centre's own people.
CREATE INDEX entity_by_account ON entity (account, rev);
CREATE INDEX entity_by_rev ON entity (rev);
CREATE INDEX entity_by_work_order ON entity (work_order) WHERE work_order <> '';
-- Duplicate warnings, and receiving by scan.
CREATE INDEX entity_by_key ON entity (key, t, account) WHERE key <> '';

-- One line per commit. Each line's chain covers the line and all before it, so
-- that a changed past is noticed.
CREATE TABLE commit_log (
    rev     INTEGER PRIMARY KEY,
    chain   BLOB NOT NULL,
    digest  BLOB NOT NULL,            -- of the rows that it wrote
    at      TEXT NOT NULL,
    op      TEXT NOT NULL,
    kind    TEXT NOT NULL,
    account TEXT NOT NULL,
    user    TEXT NOT NULL,
    install TEXT NOT NULL
) STRICT;

CREATE TRIGGER commit_log_is_not_changed BEFORE UPDATE ON commit_log
BEGIN SELECT RAISE(ABORT, 'the commit log is append-only'); END;
CREATE TRIGGER commit_log_is_not_cut BEFORE DELETE ON commit_log
BEGIN SELECT RAISE(ABORT, 'the commit log is append-only'); END;

-- Every answered write, for ever: the answer to the same bytes is the same.
CREATE TABLE op (
    account     TEXT NOT NULL,        -- ids of one account do not meet those of another
    id          TEXT NOT NULL,
    kind        TEXT NOT NULL,
    fingerprint TEXT NOT NULL,        -- SHA-256 of the bytes, hex
    status      INTEGER NOT NULL,     -- of the HTTP answer
    body        TEXT NOT NULL,        -- JSON of the answer
    rev         INTEGER NOT NULL,     -- of the commit, 0 for a refusal
    at          TEXT NOT NULL,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER op_is_not_changed BEFORE UPDATE ON op
BEGIN SELECT RAISE(ABORT, 'an answer is not changed'); END;
CREATE TRIGGER op_is_not_forgotten BEFORE DELETE ON op
BEGIN SELECT RAISE(ABORT, 'an answer is not forgotten'); END;

-- The last work order number of a year.
CREATE TABLE number (
    year INTEGER PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT;

-- A customer of the centre.
CREATE TABLE account (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    at   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A person with a role. The centre's own people have account ''.
CREATE TABLE user (
    id      TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    name    TEXT NOT NULL,
    role    TEXT NOT NULL,            -- repair.Role
    at      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A PC of a person, with its token and the key by which it signs labels.
CREATE TABLE install (
    id         TEXT PRIMARY KEY,
    user       TEXT NOT NULL REFERENCES user (id),
    name       TEXT NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,  -- SHA-256; the token itself is never kept
    public_key TEXT NOT NULL,         -- Ed25519, base64
    at         TEXT NOT NULL,
    revoked_at TEXT NOT NULL          -- '' while it is good
) STRICT, WITHOUT ROWID;

-- A code that lets one install in.
CREATE TABLE invite (
    hash    BLOB PRIMARY KEY,         -- SHA-256 of the code
    role    TEXT NOT NULL,
    account TEXT NOT NULL,
    name    TEXT NOT NULL,
    at      TEXT NOT NULL,
    expires TEXT NOT NULL,
    used_at TEXT NOT NULL,            -- '' while it is good
    used_by TEXT NOT NULL             -- install
) STRICT, WITHOUT ROWID;

-- The centre's own key: signs acknowledgements.
CREATE TABLE signing_key (
    private BLOB NOT NULL,
    at      TEXT NOT NULL
) STRICT;

-- A file on its way. The offset is recorded after the bytes are on the disk.
CREATE TABLE upload (
    id     TEXT PRIMARY KEY,
    scope  TEXT NOT NULL,             -- the account that sends it, '' the centre's own people
    sha256 TEXT NOT NULL,
    size   INTEGER NOT NULL,
    type   TEXT NOT NULL,
    name   TEXT NOT NULL,
    offset INTEGER NOT NULL,
    at     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A file that is kept, once per account that has sent it.
CREATE TABLE file (
    sha256 TEXT NOT NULL,
    scope  TEXT NOT NULL,
    size   INTEGER NOT NULL,
    type   TEXT NOT NULL,
    name   TEXT NOT NULL,
    at     TEXT NOT NULL,
    PRIMARY KEY (sha256, scope)
) STRICT, WITHOUT ROWID;

-- A file of the centre's own people that an account may see.
CREATE TABLE file_grant (
    account TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    PRIMARY KEY (account, sha256)
) STRICT, WITHOUT ROWID;
