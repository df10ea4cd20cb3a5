-- name: box_put
INSERT INTO box (id, scope, work_order, seq, plan, label_printed, filed)
VALUES (:id, :scope, :work_order, :seq, :plan, :label_printed, :filed)
ON CONFLICT (id) DO UPDATE SET
    seq = excluded.seq, plan = excluded.plan, label_printed = excluded.label_printed, filed = excluded.filed;

-- name: boxes_of_order
SELECT id, seq, plan, label_printed, filed FROM box WHERE scope = :scope AND work_order = :work_order ORDER BY seq;

-- name: box_remove
DELETE FROM box WHERE id = :id;

-- name: box_label_printed
UPDATE box SET label_printed = label_printed + 1 WHERE id IN (SELECT value FROM json_each(:ids));

-- name: box_devices
SELECT device, box FROM box_device WHERE scope = :scope AND work_order = :work_order ORDER BY box, n;

-- name: box_device_put
-- A device already in a box stays where it is: zero rows say so.
INSERT INTO box_device (scope, work_order, device, box, n)
VALUES (:scope, :work_order, :device, :box,
    (SELECT coalesce(max(n), 0) + 1 FROM box_device WHERE box = :box))
ON CONFLICT (scope, work_order, device) DO NOTHING;

-- name: box_device_remove
DELETE FROM box_device WHERE scope = :scope AND work_order = :work_order AND device = :device;

-- name: tick_add
INSERT INTO tick (scope, work_order, step) VALUES (:scope, :work_order, :step) ON CONFLICT DO NOTHING;

-- name: tick_clear
DELETE FROM tick WHERE scope = :scope AND work_order = :work_order;

-- name: ticks
SELECT step FROM tick WHERE scope = :scope AND work_order = :work_order ORDER BY step;
