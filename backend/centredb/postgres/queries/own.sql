-- Statements that replace those of ../../queries, or stand beside them, because
-- there are many writers here.

-- name: keep_scope
-- Whoever has the head of a scope is the only one to commit to it.
SELECT scope, seq, chain FROM scope_head WHERE scope = :scope FOR UPDATE;

-- name: save_entity
-- An id of another work order is not overwritten, nor is a row that has changed
-- since it was read here: no row is changed then. 0 is a row that was not read.
INSERT INTO entity (t, id, scope, work_order, rev, deleted, open, key, body)
VALUES (:t, :id, :scope, :work_order, :rev, :deleted, :open, :key, :body)
ON CONFLICT (t, id) DO UPDATE SET rev = excluded.rev, deleted = excluded.deleted,
    open = excluded.open, key = excluded.key, body = excluded.body
WHERE entity.scope = excluded.scope AND entity.work_order = excluded.work_order
    AND (CAST(:seen AS BIGINT) = 0 OR entity.rev = :seen);

-- name: signing_key
SELECT private FROM signing_key ORDER BY number DESC LIMIT 1;

-- name: lost_commits
SELECT count(*) FROM commit_log AS c WHERE c.scope = '' AND c.of_scope <> ''
    AND NOT EXISTS (SELECT 1 FROM commit_log AS o WHERE o.scope = c.of_scope AND o.seq = c.of_seq);
