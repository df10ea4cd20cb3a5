-- name: entity_one
SELECT rev, work_order, body FROM entity WHERE scope = :scope AND t = :t AND id = :id AND body IS NOT NULL;

-- name: entities_of_order
SELECT t, body FROM entity WHERE scope = :scope AND work_order = :work_order AND body IS NOT NULL;

-- name: entities_of_order_but_devices
-- The page of a work order needs no devices: those come by page.
SELECT t, body FROM entity
WHERE scope = :scope AND work_order = :work_order AND body IS NOT NULL
  AND t IN ('work_order', 'parcel', 'shipment', 'quote', 'payment', 'message', 'correction');

-- name: entities_of_order_since
-- What has changed since a revision, what is gone included: its body is NULL.
SELECT t, id, body FROM entity WHERE scope = :scope AND work_order = :work_order AND rev > :rev;

-- name: entities_of_type
SELECT body FROM entity WHERE scope = :scope AND t = :t AND body IS NOT NULL ORDER BY id;

-- name: order_version
-- One step in the index per type, however many devices there are.
SELECT coalesce(max(rev), 0) FROM (
    SELECT max(rev) AS rev FROM entity WHERE scope = :scope AND work_order = :work_order AND t = 'work_order'
    UNION ALL SELECT max(rev) FROM entity WHERE scope = :scope AND work_order = :work_order AND t = 'device'
    UNION ALL SELECT max(rev) FROM entity WHERE scope = :scope AND work_order = :work_order AND t = 'parcel'
    UNION ALL SELECT max(rev) FROM entity WHERE scope = :scope AND work_order = :work_order AND t = 'shipment'
    UNION ALL SELECT max(rev) FROM entity WHERE scope = :scope AND work_order = :work_order AND t = 'quote'
    UNION ALL SELECT max(rev) FROM entity WHERE scope = :scope AND work_order = :work_order AND t = 'payment'
    UNION ALL SELECT max(rev) FROM entity WHERE scope = :scope AND work_order = :work_order AND t = 'message'
    UNION ALL SELECT max(rev) FROM entity WHERE scope = :scope AND work_order = :work_order AND t = 'correction');

-- name: orders_page
-- Newest first; :before and :before_id are the last one shown.
SELECT id, number, reference, customer, stage, flags, devices, updated
FROM order_row
WHERE scope = :scope AND (updated, id) < (:before, :before_id)
ORDER BY updated DESC, id DESC LIMIT :limit;

-- name: orders_page_filtered
SELECT id, number, reference, customer, stage, flags, devices, updated
FROM order_row
WHERE scope = :scope AND (updated, id) < (:before, :before_id)
  AND stage IN (SELECT value FROM json_each(:stages))
  AND (instr(search, :text) > 0 OR id IN (SELECT value FROM json_each(:ids)))
ORDER BY updated DESC, id DESC LIMIT :limit;

-- name: orders_count_filtered
SELECT count(*) FROM order_row
WHERE scope = :scope
  AND stage IN (SELECT value FROM json_each(:stages))
  AND (instr(search, :text) > 0 OR id IN (SELECT value FROM json_each(:ids)));

-- name: orders_by_stage
SELECT stage, count(*) FROM order_row WHERE scope = :scope GROUP BY stage;

-- name: order_row_one
SELECT id, number, reference, customer, stage, flags, devices, updated
FROM order_row WHERE scope = :scope AND id = :id;

-- name: order_by_number
SELECT id FROM order_row WHERE scope = :scope AND number = :number;

-- name: devices_page
-- Only the index is walked to where the page begins.
SELECT e.body FROM (
    SELECT n, line FROM device_row WHERE scope = :scope AND work_order = :work_order ORDER BY line LIMIT :limit OFFSET :offset) d
JOIN entity e ON e.n = d.n ORDER BY d.line;

-- name: devices_page_from
SELECT e.body FROM device_row d JOIN entity e ON e.n = d.n
WHERE d.scope = :scope AND d.work_order = :work_order AND d.line > :offset
ORDER BY d.line LIMIT :limit;

-- name: devices_lines
SELECT coalesce((SELECT min(line) FROM device_row WHERE scope = :scope AND work_order = :work_order), 0),
       coalesce((SELECT max(line) FROM device_row WHERE scope = :scope AND work_order = :work_order), 0);

-- name: devices_page_filtered
SELECT e.body FROM device_row d JOIN entity e ON e.n = d.n
WHERE d.scope = :scope AND d.work_order = :work_order
  AND d.status IN (SELECT value FROM json_each(:statuses)) AND instr(d.serial_key, :key) > 0
ORDER BY d.line LIMIT :limit OFFSET :offset;

-- name: devices_count
SELECT count(*) FROM device_row WHERE scope = :scope AND work_order = :work_order;

-- name: devices_count_filtered
SELECT count(*) FROM device_row
WHERE scope = :scope AND work_order = :work_order
  AND status IN (SELECT value FROM json_each(:statuses)) AND instr(serial_key, :key) > 0;

-- name: devices_by_serials
-- CROSS JOIN keeps the order: the serial numbers asked for lead, not the million known.
SELECT d.serial_key, d.id, d.work_order, d.status, o.number, o.stage, o.reference, o.updated, e.body
FROM json_each(:keys) k
CROSS JOIN device_row d ON d.scope = :scope AND d.serial_key = k.value
JOIN order_row o ON o.scope = d.scope AND o.id = d.work_order
JOIN entity e ON e.n = d.n;

-- name: serials_known
-- Which of these serial numbers a work order has, without its device.
SELECT d.serial_key, d.id, d.work_order, o.number, o.stage
FROM json_each(:keys) k
CROSS JOIN device_row d ON d.scope = :scope AND d.serial_key = k.value
JOIN order_row o ON o.scope = d.scope AND o.id = d.work_order;

-- name: devices_prefix
SELECT d.serial_key, d.id, d.work_order, d.status, o.number, o.stage, o.reference, o.updated, e.body
FROM device_row d
JOIN order_row o ON o.scope = d.scope AND o.id = d.work_order
JOIN entity e ON e.n = d.n
WHERE d.scope = :scope AND d.serial_key >= :from AND d.serial_key < :to
ORDER BY d.serial_key LIMIT :limit;

-- name: devices_within
SELECT d.serial_key, d.id, d.work_order, d.status, o.number, o.stage, o.reference, o.updated, e.body
FROM device_text t
JOIN device_row d ON d.n = t.rowid
JOIN order_row o ON o.scope = d.scope AND o.id = d.work_order
JOIN entity e ON e.n = d.n
WHERE t.serial_key MATCH :match AND d.scope = :scope
ORDER BY t.rowid LIMIT :limit;

-- name: devices_within_all
-- Without an index of parts: every serial number, one by one in their own index.
SELECT d.serial_key, d.id, d.work_order, d.status, o.number, o.stage, o.reference, o.updated, e.body
FROM device_row d
JOIN order_row o ON o.scope = d.scope AND o.id = d.work_order
JOIN entity e ON e.n = d.n
WHERE d.scope = :scope AND instr(d.serial_key, :key) > 0
ORDER BY d.serial_key LIMIT :limit;

-- name: devices_within_rest
-- Those that the index of parts does not have yet. The plus keeps the planner from
-- walking all the others.
SELECT d.serial_key, d.id, d.work_order, d.status, o.number, o.stage, o.reference, o.updated, e.body
FROM device_row d
JOIN order_row o ON o.scope = d.scope AND o.id = d.work_order
JOIN entity e ON e.n = d.n
WHERE +d.scope = :scope AND d.n > :n AND instr(d.serial_key, :key) > 0
ORDER BY d.n LIMIT :limit;

-- name: device_in_order
SELECT e.body FROM device_row d JOIN entity e ON e.n = d.n
WHERE d.scope = :scope AND d.serial_key = :key AND d.work_order = :work_order;

-- name: waybill_exact
SELECT t, id, work_order FROM waybill_row INDEXED BY waybill_row_by_number
WHERE scope = :scope AND waybill = :waybill;

-- name: waybill_prefix
SELECT t, id, work_order FROM waybill_row WHERE scope = :scope AND waybill >= :from AND waybill < :to LIMIT :limit;

-- name: entities_open
-- Parcels, shipments or the like of every work order that is not over.
SELECT e.body FROM order_row o
JOIN entity e ON e.scope = o.scope AND e.work_order = o.id AND e.t = :t AND e.body IS NOT NULL
WHERE o.scope = :scope AND o.stage IN (SELECT value FROM json_each(:stages));
