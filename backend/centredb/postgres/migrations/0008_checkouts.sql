-- Payments that have, or are to have, an invoice at the payment server.
CREATE TABLE checkouts (
    scope      TEXT COLLATE "C" NOT NULL,
    payment    TEXT COLLATE "C" NOT NULL,
    work_order TEXT NOT NULL,
    ask_at     TEXT COLLATE "C" NOT NULL,
    tries      BIGINT NOT NULL,
    PRIMARY KEY (scope, payment)
);
CREATE INDEX checkouts_by_time ON checkouts (ask_at);
