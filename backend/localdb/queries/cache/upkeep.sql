-- name: upkeep_one
SELECT n FROM upkeep WHERE name = :name;

-- name: upkeep_set
INSERT INTO upkeep (name, n) VALUES (:name, :n) ON CONFLICT (name) DO UPDATE SET n = excluded.n;

-- name: devices_enough
-- Whether there are more devices than :few, without counting them all.
SELECT count(*) > :few FROM (SELECT 1 FROM device_row LIMIT :few + 1);

-- name: devices_without_text
SELECT n, serial_key FROM device_row WHERE n > :n ORDER BY n LIMIT :limit;

-- name: entities_from
SELECT n, scope, t, id, rev, work_order, body FROM entity WHERE n > :n AND body IS NOT NULL ORDER BY n LIMIT :limit;

-- name: quarantine_every
SELECT scope, t, id, rev, body FROM quarantine ORDER BY scope, t, id;
