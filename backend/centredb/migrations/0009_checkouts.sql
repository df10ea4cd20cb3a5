-- Payments that have, or are to have, an invoice at the payment server.
CREATE TABLE checkouts (
    scope      TEXT NOT NULL,
    payment    TEXT NOT NULL,
    work_order TEXT NOT NULL,
    ask_at     TEXT NOT NULL,         -- not before
    tries      INTEGER NOT NULL,      -- in vain, one after the other
    PRIMARY KEY (scope, payment)
) STRICT, WITHOUT ROWID;

CREATE INDEX checkouts_by_time ON checkouts (ask_at);
