-- Letters to customers: once for each reminder and recipient, tried until they are
-- gone. The words are made when a letter goes.
CREATE TABLE letter (
    account       TEXT COLLATE "C" NOT NULL,
    id            TEXT COLLATE "C" NOT NULL,
    work_order    TEXT NOT NULL,
    rule          TEXT NOT NULL,
    day           TEXT NOT NULL,
    eligible_from TEXT NOT NULL,
    email         TEXT NOT NULL,
    language      TEXT NOT NULL,
    at            TEXT NOT NULL,
    next_at       TEXT COLLATE "C" NOT NULL,
    attempts      INTEGER NOT NULL,
    outcome       TEXT NOT NULL,
    settled_at    TEXT NOT NULL,
    PRIMARY KEY (account, id)
);
CREATE INDEX letter_due ON letter (next_at) WHERE next_at > '';

-- Reminders are looked for in the work orders that are not at their end.
CREATE INDEX entity_open ON entity (t, open, id) WHERE t = 'work_order' AND open = 1;
