-- Parcels and shipments on the road, by whose numbers a tracking service is asked.
CREATE TABLE followed (
    scope      TEXT NOT NULL,
    t          TEXT NOT NULL,         -- parcel or shipment
    id         TEXT NOT NULL,
    work_order TEXT NOT NULL,
    carrier    TEXT NOT NULL,
    number     TEXT NOT NULL,
    ask_at     TEXT NOT NULL,         -- not before
    asked_at   TEXT NOT NULL,         -- '' never
    tries      INTEGER NOT NULL,      -- in vain, one after the other
    pushed_by  TEXT NOT NULL,         -- the service that tells by itself, '' none
    PRIMARY KEY (scope, t, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX followed_by_time ON followed (ask_at);
CREATE INDEX followed_by_number ON followed (number);

-- How often each service was asked on a day.
CREATE TABLE asked (
    scope   TEXT NOT NULL,
    service TEXT NOT NULL,
    day     TEXT NOT NULL,
    times   INTEGER NOT NULL,
    PRIMARY KEY (scope, service, day)
) STRICT, WITHOUT ROWID;

-- What is on the road already.
INSERT INTO followed (scope, t, id, work_order, carrier, number, ask_at, asked_at, tries, pushed_by)
SELECT e.scope, e.t, e.id, e.work_order, json_extract(e.body, '$.carrier'), json_extract(e.body, '$.waybill_number'), '', '', 0, ''
FROM entity AS e JOIN entity AS o ON o.t = 'work_order' AND o.id = e.work_order
WHERE e.t IN ('parcel', 'shipment') AND e.deleted = 0 AND o.open = 1
    AND json_extract(e.body, '$.waybill_number') <> ''
    AND json_extract(e.body, '$.status') IN ('handed_over', 'in_transit', 'held_for_pickup', 'shipped', 'out_for_delivery', 'exception');
