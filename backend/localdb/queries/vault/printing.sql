-- name: print_put
INSERT INTO print_job (id, scope, work_order, state, job, bytes, reason, created_at, updated_at)
VALUES (:id, :scope, :work_order, 'queued', :job, 0, '', :at, :at);

-- name: print_move
-- Only from the states given: what ended is not ended otherwise.
UPDATE print_job SET state = :state, bytes = :bytes, reason = :reason, updated_at = :at
WHERE id = :id AND state IN (SELECT value FROM json_each(:from));

-- name: print_one
SELECT id, work_order, state, job, bytes, reason, created_at, updated_at FROM print_job WHERE id = :id;

-- name: print_list
SELECT id, work_order, state, job, bytes, reason, created_at, updated_at FROM print_job
WHERE scope = :scope ORDER BY id DESC LIMIT :limit;

-- name: print_not_sent
SELECT id, work_order, state, job, bytes, reason, created_at, updated_at FROM print_job
WHERE state <> 'sent' AND scope = :scope AND work_order = :work_order;

-- name: print_change
UPDATE print_job SET job = :job WHERE id = :id;

-- name: print_interrupted
-- What waited never began: its reason says that nothing of it came out.
UPDATE print_job SET state = 'failed', reason = CASE state WHEN 'queued' THEN :waited ELSE :reason END, updated_at = :at
WHERE state IN ('queued', 'sending');

-- name: printed_add
-- A label that says something else than the one before is no copy of it.
INSERT INTO printed (scope, work_order, kind, item, prints, files, says)
SELECT :scope, :work_order, :kind, value, :prints, :files, coalesce(json_extract(:says, '$."' || value || '"'), '')
FROM json_each(:items) WHERE true
ON CONFLICT (scope, work_order, kind, item) DO UPDATE SET
    prints = iif(says IN ('', excluded.says), prints, 0) + excluded.prints,
    files = iif(says IN ('', excluded.says), files, 0) + excluded.files,
    says = excluded.says;

-- name: printed_of
SELECT item, prints, files, says FROM printed WHERE scope = :scope AND work_order = :work_order AND kind = :kind;
