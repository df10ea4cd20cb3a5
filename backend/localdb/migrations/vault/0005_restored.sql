-- What happens when a centre comes back from an older copy of itself.

-- again: '' first time, 'again' offered again, 'asks' waits for a person's word
-- because it is about money, 'left' a person said no. was is the answer of the
-- centre before it was restored.
ALTER TABLE outbox ADD COLUMN again TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN was TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_by_again ON outbox (scope, n) WHERE again <> '';

-- Each time that a centre did not know its own cursor any more.
CREATE TABLE restored (
    scope  TEXT NOT NULL,
    cursor TEXT NOT NULL,         -- that it did not know
    at     TEXT NOT NULL,
    seen   TEXT NOT NULL,         -- when a person put the news away, '' before
    PRIMARY KEY (scope, cursor)
) STRICT, WITHOUT ROWID;

-- What the centre had told and does not have any more: only on this PC.
CREATE TABLE only_here (
    scope      TEXT NOT NULL,
    t          TEXT NOT NULL,
    id         TEXT NOT NULL,
    work_order TEXT NOT NULL,
    body       BLOB NOT NULL,     -- as the centre had told it
    at         TEXT NOT NULL,     -- when it was missed
    PRIMARY KEY (scope, t, id)
) STRICT, WITHOUT ROWID;
