-- Parcels and shipments on the road, by whose numbers a tracking service is asked.
CREATE TABLE followed (
    scope      TEXT COLLATE "C" NOT NULL,
    t          TEXT COLLATE "C" NOT NULL,
    id         TEXT COLLATE "C" NOT NULL,
    work_order TEXT NOT NULL,
    carrier    TEXT NOT NULL,
    number     TEXT COLLATE "C" NOT NULL,
    ask_at     TEXT COLLATE "C" NOT NULL,
    asked_at   TEXT COLLATE "C" NOT NULL,
    tries      BIGINT NOT NULL,
    pushed_by  TEXT NOT NULL,
    PRIMARY KEY (scope, t, id)
);
CREATE INDEX followed_by_time ON followed (ask_at);
CREATE INDEX followed_by_number ON followed (number);

-- How often each service was asked on a day.
CREATE TABLE asked (
    scope   TEXT COLLATE "C" NOT NULL,
    service TEXT COLLATE "C" NOT NULL,
    day     TEXT COLLATE "C" NOT NULL,
    times   BIGINT NOT NULL,
    PRIMARY KEY (scope, service, day)
);
