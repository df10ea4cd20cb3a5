-- Letters to customers: once for each reminder and recipient, tried until they are
-- gone. The words are made when a letter goes.
CREATE TABLE letter (
    account       TEXT NOT NULL,
    id            TEXT NOT NULL,         -- of the reminder and its recipient
    work_order    TEXT NOT NULL,
    rule          TEXT NOT NULL,
    day           TEXT NOT NULL,         -- on which the reminder came due
    eligible_from TEXT NOT NULL,         -- from when a person may decide
    email         TEXT NOT NULL,
    language      TEXT NOT NULL,
    at            TEXT NOT NULL,
    next_at       TEXT NOT NULL,         -- of the next try; '' when there is none
    attempts      INTEGER NOT NULL,
    outcome       TEXT NOT NULL,         -- '' while it waits
    settled_at    TEXT NOT NULL,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_due ON letter (next_at) WHERE next_at > '';

-- Reminders are looked for in the work orders that are not at their end.
CREATE INDEX entity_open ON entity (t, open, id) WHERE t = 'work_order' AND open = 1;
