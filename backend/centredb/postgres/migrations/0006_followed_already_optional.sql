-- What is on the road already. A database that cannot read JSON follows what
-- leaves from now on.
INSERT INTO followed (scope, t, id, work_order, carrier, number, ask_at, asked_at, tries, pushed_by)
SELECT e.scope, e.t, e.id, e.work_order, e.body::jsonb ->> 'carrier', e.body::jsonb ->> 'waybill_number', '', '', 0, ''
FROM entity AS e JOIN entity AS o ON o.t = 'work_order' AND o.id = e.work_order
WHERE e.t IN ('parcel', 'shipment') AND e.deleted = 0 AND o.open = 1
    AND e.body::jsonb ->> 'waybill_number' <> ''
    AND e.body::jsonb ->> 'status' IN ('handed_over', 'in_transit', 'held_for_pickup', 'shipped', 'out_for_delivery', 'exception');
