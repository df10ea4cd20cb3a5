-- name: scope_add
INSERT INTO scope (name, cursor, pulled_at) VALUES (:name, '', '') ON CONFLICT (name) DO NOTHING;

-- name: scope_one
SELECT n, cursor, pulled_at FROM scope WHERE name = :name;

-- name: scope_move
UPDATE scope SET cursor = :cursor, pulled_at = :at WHERE n = :scope;

-- name: scope_pulled
UPDATE scope SET pulled_at = :at WHERE n = :scope;

-- name: entity_put
-- Nothing comes back when the row known is as new or newer: a repeated or older
-- row changes nothing. A deleted row keeps its work order.
INSERT INTO entity (scope, t, id, work_order, rev, body) VALUES (:scope, :t, :id, :work_order, :rev, :body)
ON CONFLICT (scope, t, id) DO UPDATE SET
    rev = excluded.rev, body = excluded.body,
    work_order = CASE WHEN excluded.work_order = '' THEN entity.work_order ELSE excluded.work_order END
WHERE entity.rev < excluded.rev
RETURNING n, work_order;

-- name: entity_top
SELECT coalesce(max(n), 0) FROM entity;

-- name: quarantine_some
SELECT EXISTS (SELECT 1 FROM quarantine WHERE scope = :scope);

-- name: quarantine_put
INSERT INTO quarantine (scope, t, id, rev, body, error) VALUES (:scope, :t, :id, :rev, :body, :error)
ON CONFLICT (scope, t, id) DO UPDATE SET rev = excluded.rev, body = excluded.body, error = excluded.error
WHERE excluded.rev >= quarantine.rev;

-- name: quarantine_clear
DELETE FROM quarantine WHERE scope = :scope AND t = :t AND id = :id AND rev <= :rev;

-- name: quarantine_all
SELECT t, id, rev, body, error FROM quarantine WHERE scope = :scope ORDER BY t, id LIMIT :limit;

-- name: order_row_put
INSERT INTO order_row (scope, id, number, reference, customer, stage, flags, devices, updated, search)
VALUES (:scope, :id, :number, :reference, :customer, :stage, :flags, :devices, :updated, :search)
ON CONFLICT (scope, id) DO UPDATE SET
    number = excluded.number, reference = excluded.reference, customer = excluded.customer, stage = excluded.stage,
    flags = excluded.flags, devices = excluded.devices, updated = max(order_row.updated, excluded.updated),
    search = excluded.search;

-- name: order_row_touch
UPDATE order_row SET updated = :updated WHERE scope = :scope AND id = :id AND updated < :updated;

-- name: order_row_remove
DELETE FROM order_row WHERE scope = :scope AND id = :id;

-- name: device_row_put
INSERT INTO device_row (n, scope, id, work_order, line, serial_key, status)
VALUES (:n, :scope, :id, :work_order, :line, :serial_key, :status)
ON CONFLICT (n) DO UPDATE SET
    work_order = excluded.work_order, line = excluded.line, serial_key = excluded.serial_key, status = excluded.status;

-- name: device_row_remove
DELETE FROM device_row WHERE n = :n;

-- name: device_row_one
SELECT work_order, line, serial_key, status FROM device_row WHERE n = :n;

-- name: device_text_put
INSERT INTO device_text (rowid, serial_key) VALUES (:n, :serial_key);

-- name: device_text_remove
DELETE FROM device_text WHERE rowid = :n;

-- name: waybill_put
INSERT INTO waybill_row (scope, id, t, waybill, work_order) VALUES (:scope, :id, :t, :waybill, :work_order)
ON CONFLICT (scope, t, id) DO UPDATE SET waybill = excluded.waybill, work_order = excluded.work_order;

-- name: waybill_remove
DELETE FROM waybill_row WHERE scope = :scope AND t = :t AND id = :id;

-- name: staged_one
SELECT n, why, cursor, after_t, after_id, arrived, total FROM scope WHERE name = :name;

-- name: staged_begin
UPDATE scope SET why = :why WHERE n = :scope;

-- name: staged_move
UPDATE scope SET cursor = :cursor, after_t = :after_t, after_id = :after_id, arrived = arrived + :arrived, total = :total
WHERE n = :scope;

-- name: scope_rename
UPDATE scope SET name = :to, why = '', after_t = '', after_id = '', arrived = 0, total = 0 WHERE name = :name;

-- name: only_live
-- What the old copy has, and the one that takes its place has not.
SELECT o.t, o.id, o.rev, o.work_order, o.body FROM entity AS o
WHERE o.scope = :scope AND (o.t, o.id) > (:after_t, :after_id) AND o.body IS NOT NULL AND o.t <> 'centre'
  AND NOT EXISTS (SELECT 1 FROM entity AS s WHERE s.scope = :staged AND s.t = o.t AND s.id = o.id AND s.body IS NOT NULL)
ORDER BY o.t, o.id LIMIT :limit;

-- name: left_scope
-- A copy whose place was taken, to be swept away.
SELECT n FROM scope WHERE name LIKE '% left %' LIMIT 1;

-- name: sweep_text
DELETE FROM device_text WHERE rowid IN (SELECT n FROM device_row WHERE scope = :scope ORDER BY work_order, line LIMIT :limit)
    AND rowid <= (SELECT n FROM upkeep WHERE name = 'text');

-- name: sweep_devices
DELETE FROM device_row WHERE n IN (SELECT n FROM device_row WHERE scope = :scope ORDER BY work_order, line LIMIT :limit);

-- name: sweep_waybills
DELETE FROM waybill_row WHERE (scope, t, id) IN (SELECT scope, t, id FROM waybill_row WHERE scope = :scope LIMIT :limit);

-- name: sweep_orders
DELETE FROM order_row WHERE (scope, id) IN (SELECT scope, id FROM order_row WHERE scope = :scope LIMIT :limit);

-- name: sweep_quarantine
DELETE FROM quarantine WHERE (scope, t, id) IN (SELECT scope, t, id FROM quarantine WHERE scope = :scope LIMIT :limit);

-- name: sweep_entities
DELETE FROM entity WHERE n IN (SELECT n FROM entity WHERE scope = :scope LIMIT :limit);

-- name: sweep_scope
DELETE FROM scope WHERE n = :scope;
