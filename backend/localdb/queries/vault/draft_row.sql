-- name: row_put
INSERT INTO draft_row (id, draft, pos, serial, serial_key, model, complaint, ship_date, photos, extra, found)
VALUES (:id, :draft, :pos, :serial, :serial_key, :model, :complaint, :ship_date, :photos, :extra, :found)
ON CONFLICT (id) DO UPDATE SET
    pos = excluded.pos, serial = excluded.serial, serial_key = excluded.serial_key, model = excluded.model,
    complaint = excluded.complaint, ship_date = excluded.ship_date, photos = excluded.photos,
    extra = excluded.extra, found = excluded.found;

-- name: rows_remove
-- The plus keeps the planner from reading the whole draft.
DELETE FROM draft_row WHERE +draft = :draft AND id IN (SELECT value FROM json_each(:ids));

-- name: rows_page
SELECT id, pos, serial, serial_key, model, complaint, ship_date, photos, extra, found
FROM draft_row WHERE draft = :draft ORDER BY pos LIMIT :limit OFFSET :offset;

-- name: rows_by_id
SELECT id, pos, serial, serial_key, model, complaint, ship_date, photos, extra, found
FROM draft_row WHERE +draft = :draft AND id IN (SELECT value FROM json_each(:ids)) ORDER BY pos;

-- name: rows_all
SELECT id, pos, serial, serial_key, model, complaint, ship_date, photos, extra, found
FROM draft_row WHERE draft = :draft ORDER BY pos;

-- name: row_by_serial
SELECT id, pos FROM draft_row WHERE draft = :draft AND serial_key = :key ORDER BY pos LIMIT 1;

-- name: row_line
SELECT count(*) FROM draft_row WHERE draft = :draft AND pos <= :pos;

-- name: row_last_pos
SELECT coalesce(max(pos), 0) FROM draft_row WHERE draft = :draft;

-- name: row_count
SELECT count(*) FROM draft_row WHERE draft = :draft;

-- name: rows_elsewhere
-- Which of these serial numbers other drafts of the session hold.
SELECT r.serial_key, d.id, d.reference, r.serial, r.id, r.model, d.updated_at
FROM json_each(:keys) k
CROSS JOIN draft_row r ON r.serial_key = k.value
CROSS JOIN draft d ON d.id = r.draft
WHERE r.draft <> :draft AND d.scope = :scope AND d.state = :state;

-- name: rows_others
-- How many rows other drafts of the session have.
SELECT coalesce(sum(row_count), 0) FROM draft WHERE scope = :scope AND state = :state AND id <> :draft;

-- name: rows_elsewhere_all
-- All of them, where they are fewer than the serial numbers that are looked for.
SELECT r.serial_key, d.id, d.reference, r.serial, r.id, r.model, d.updated_at
FROM draft d CROSS JOIN draft_row r ON r.draft = d.id
WHERE d.scope = :scope AND d.state = :state AND d.id <> :draft;

-- name: rows_prefix
SELECT r.serial_key, d.id, d.reference, r.serial, r.id, r.model, d.updated_at
FROM draft_row r CROSS JOIN draft d ON d.id = r.draft
WHERE r.serial_key >= :from AND r.serial_key < :to AND d.scope = :scope AND d.state = 'open'
ORDER BY r.serial_key LIMIT :limit;

-- name: rows_within
-- Any part of a serial number. Drafts are few: a scan of one column.
SELECT r.serial_key, d.id, d.reference, r.serial, r.id, r.model, d.updated_at
FROM draft d JOIN draft_row r ON r.draft = d.id
WHERE d.scope = :scope AND d.state = 'open' AND instr(r.serial_key, :key) > 0
LIMIT :limit;

-- name: step_put
INSERT INTO draft_step (draft, n, kind, before, after) VALUES (:draft, :n, :kind, :before, :after);

-- name: step_keep
UPDATE draft_step SET after = :after WHERE draft = :draft AND n = :n;

-- name: step_one
SELECT kind, before, after FROM draft_step WHERE draft = :draft AND n = :n;

-- name: step_kind
SELECT kind FROM draft_step WHERE draft = :draft AND n = :n;

-- name: steps_above
DELETE FROM draft_step WHERE draft = :draft AND n > :n;

-- name: steps_old
DELETE FROM draft_step WHERE draft = :draft AND n <= :n;

-- name: job_put
INSERT INTO import_job (id, draft, name, sha256, rows, view, created_at)
VALUES (:id, :draft, :name, :sha256, :rows, :view, :at)
ON CONFLICT (id) DO UPDATE SET rows = excluded.rows, view = excluded.view;

-- name: job_one
SELECT id, draft, name, sha256, rows, view FROM import_job WHERE id = :id;
