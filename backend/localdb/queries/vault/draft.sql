-- name: draft_add
INSERT INTO draft (id, scope, contact, address, reference, note, search, columns, row_count, version, step, state, outbox, created_at, updated_at)
VALUES (:id, :scope, :contact, :address, :reference, :note, :search, :columns, 0, 1, 0, 'open', '', :at, :at);

-- name: draft_one
SELECT id, scope, contact, address, reference, note, columns, row_count, version, step, state, outbox, created_at, updated_at
FROM draft WHERE id = :id;

-- name: draft_untouched
-- Version 1 is a draft in which nothing was ever typed.
SELECT id, scope, contact, address, reference, note, columns, row_count, version, step, state, outbox, created_at, updated_at
FROM draft WHERE scope = :scope AND state = 'open' AND version = 1
ORDER BY updated_at DESC, id DESC LIMIT 1;

-- name: draft_save
UPDATE draft SET
    contact = :contact, address = :address, reference = :reference, note = :note, search = :search, columns = :columns,
    row_count = :row_count, version = version + 1, step = :step, updated_at = :at
WHERE id = :id;

-- name: draft_state
UPDATE draft SET state = :state, outbox = :outbox, version = version + 1, updated_at = :at WHERE id = :id;

-- name: draft_last_address
-- The newest draft lends its contact and address to the next one.
SELECT contact, address FROM draft WHERE scope = :scope AND state IN ('open', 'sent', 'filed') AND contact <> ''
ORDER BY updated_at DESC, id DESC LIMIT 1;

-- name: drafts_page
-- Newest first; :before and :before_id are the last one shown.
SELECT id, contact, address, reference, note, row_count, version, state, outbox, created_at, updated_at
FROM draft
WHERE scope = :scope AND state IN ('open', 'sent') AND (updated_at, id) < (:before, :before_id)
ORDER BY updated_at DESC, id DESC LIMIT :limit;

-- name: drafts_page_text
SELECT id, contact, address, reference, note, row_count, version, state, outbox, created_at, updated_at
FROM draft
WHERE scope = :scope AND state IN ('open', 'sent') AND (updated_at, id) < (:before, :before_id)
  AND (instr(search, :text) > 0 OR id IN (SELECT value FROM json_each(:ids)))
ORDER BY updated_at DESC, id DESC LIMIT :limit;

-- name: drafts_sent
-- Those that are on their way, or whose work order was not seen to have come back.
SELECT id, outbox FROM draft WHERE scope = :scope AND state = 'sent';

-- name: drafts_count
SELECT count(*) FROM draft WHERE scope = :scope AND state IN ('open', 'sent');

-- name: drafts_count_text
SELECT count(*) FROM draft
WHERE scope = :scope AND state IN ('open', 'sent') AND (instr(search, :text) > 0 OR id IN (SELECT value FROM json_each(:ids)));

-- name: drafts_adopt
UPDATE draft SET scope = :scope WHERE scope = '';
