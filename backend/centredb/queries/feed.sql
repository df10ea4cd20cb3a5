-- name: head
SELECT scope, seq, chain FROM scope_head WHERE scope = :scope;

-- name: stands
SELECT scope, seq, chain FROM scope_head WHERE scope = :scope;

-- name: heads
SELECT scope, seq, chain, expired FROM scope_head ORDER BY scope;

-- name: expired
SELECT expired FROM scope_head WHERE scope = :scope;

-- name: commit_of
SELECT scope, seq, chain, digest, at, op, kind, account, "user", install, of_scope, of_seq, form
FROM commit_log WHERE scope = :scope AND seq = :seq;

-- name: commits
SELECT scope, seq, chain, digest, at, op, kind, account, "user", install, of_scope, of_seq, form
FROM commit_log WHERE scope = :scope AND seq > :seq ORDER BY seq LIMIT :limit;

-- name: append_commit
INSERT INTO commit_log (scope, seq, chain, digest, at, op, kind, account, "user", install, of_scope, of_seq, form)
VALUES (:scope, :seq, :chain, :digest, :at, :op, :kind, :account, :user, :install, :of_scope, :of_seq, :form);

-- name: move_head
-- Nobody may have moved it since the line before was read: no row is changed then.
INSERT INTO scope_head (scope, seq, chain, expired) VALUES (:scope, :seq, :chain, 0)
ON CONFLICT (scope) DO UPDATE SET seq = excluded.seq, chain = excluded.chain
WHERE scope_head.seq < excluded.seq;

-- name: save_entity
-- An id of another work order is not overwritten: no row is changed then.
INSERT INTO entity (t, id, scope, work_order, rev, deleted, open, key, body)
VALUES (:t, :id, :scope, :work_order, :rev, :deleted, :open, :key, :body)
ON CONFLICT (t, id) DO UPDATE SET rev = excluded.rev, deleted = excluded.deleted,
    open = excluded.open, key = excluded.key, body = excluded.body
WHERE entity.scope = excluded.scope AND entity.work_order = excluded.work_order;

-- name: entity
SELECT t, id, scope, work_order, rev, deleted, open, key, body, seq, rev FROM entity WHERE t = :t AND id = :id;

-- name: entities_of_work_order
SELECT t, id, scope, work_order, rev, deleted, open, key, body, seq, rev FROM entity
WHERE work_order = :work_order AND work_order <> '' ORDER BY seq;

-- name: changes
-- The last value is the row's place in the feed that is read.
SELECT t, id, scope, work_order, rev, deleted, open, key, body, seq, rev FROM entity
WHERE scope = :scope AND rev > :seq ORDER BY rev, seq LIMIT :limit;

-- name: changes_of_all
SELECT e.t, e.id, e.scope, e.work_order, e.rev, e.deleted, e.open, e.key, e.body, e.seq, c.seq
FROM commit_log AS c JOIN entity AS e ON e.scope = c.of_scope AND e.rev = c.of_seq
WHERE c.scope = '' AND c.seq > :seq ORDER BY c.seq, e.seq LIMIT :limit;

-- name: commit_rows
SELECT t, id, scope, work_order, rev, deleted, open, key, body, seq, rev FROM entity WHERE scope = :scope AND rev = :seq ORDER BY seq;

-- name: commit_rows_of_all
SELECT e.t, e.id, e.scope, e.work_order, e.rev, e.deleted, e.open, e.key, e.body, e.seq, c.seq
FROM commit_log AS c JOIN entity AS e ON e.scope = c.of_scope AND e.rev = c.of_seq
WHERE c.scope = '' AND c.seq = :seq ORDER BY e.seq;

-- name: kept
-- A snapshot in the order of its keys, from behind one of them.
SELECT t, id, scope, work_order, rev, deleted, open, key, body, seq, rev FROM entity
WHERE scope = :scope AND deleted = 0 AND (t, id) > (:t, :id) ORDER BY t, id LIMIT :limit;

-- name: kept_of_all
SELECT e.t, e.id, e.scope, e.work_order, e.rev, e.deleted, e.open, e.key, e.body, e.seq,
    (SELECT c.seq FROM commit_log AS c WHERE c.scope = '' AND c.of_scope = e.scope AND c.of_seq = e.rev)
FROM entity AS e
WHERE (e.t, e.id) > (:t, :id) AND e.deleted = 0 ORDER BY e.t, e.id LIMIT :limit;

-- name: kept_count
SELECT t, count(*) FROM entity WHERE scope = :scope AND deleted = 0 GROUP BY t ORDER BY t;

-- name: kept_count_of_all
SELECT t, count(*) FROM entity WHERE deleted = 0 GROUP BY t ORDER BY t;

-- name: last_before
-- The last commit of a scope before a moment.
SELECT seq FROM commit_log WHERE scope = :scope AND at < :at ORDER BY seq DESC LIMIT 1;

-- name: forget_deletions
DELETE FROM entity WHERE scope = :scope AND rev <= :seq AND deleted = 1;

-- name: expire
UPDATE scope_head SET expired = :seq WHERE scope = :scope AND expired < :seq;

-- name: entities_by_key
-- Only in work orders that are still open.
SELECT e.t, e.id, e.scope, e.work_order, e.rev, e.deleted, e.open, e.key, e.body, e.seq, e.rev
FROM entity AS e JOIN entity AS o ON o.t = 'work_order' AND o.id = e.work_order
WHERE e.key = :key AND e.key <> '' AND e.t = :t AND e.deleted = 0 AND o.open = 1
ORDER BY e.scope, e.seq LIMIT 10;

-- name: entities_of_account_by_key
-- The same for one account, asked for the devices that are filed, eight at once.
-- Most are not found, so what follows a find, the order and whether it is open, is
-- asked apart.
SELECT t, id, scope, work_order, rev, deleted, open, key, body, seq, rev FROM entity
WHERE key IN (:key0, :key1, :key2, :key3, :key4, :key5, :key6, :key7) AND key <> ''
    AND t = :t AND scope = :scope AND deleted = 0 LIMIT 800;

-- name: is_open
SELECT open FROM entity WHERE t = 'work_order' AND id = :id;

-- name: work_orders
SELECT id FROM entity WHERE t = 'work_order' ORDER BY id;

-- name: open_work_orders
SELECT id FROM entity WHERE t = 'work_order' AND open = 1 AND id > :after ORDER BY id LIMIT :limit;

-- name: next_number
INSERT INTO number (year, last) VALUES (:year, 1)
ON CONFLICT (year) DO UPDATE SET last = number.last + 1 RETURNING last;

-- name: op
SELECT kind, fingerprint, status, body, rev, at FROM op WHERE account = :account AND id = :id;

-- name: save_op
INSERT INTO op (account, id, kind, fingerprint, status, body, rev, at)
VALUES (:account, :id, :kind, :fingerprint, :status, :body, :rev, :at);
