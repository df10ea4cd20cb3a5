-- name: head
SELECT rev, chain, digest, at, op, kind, account, user, install FROM commit_log ORDER BY rev DESC LIMIT 1;

-- name: commit_of
SELECT rev, chain, digest, at, op, kind, account, user, install FROM commit_log WHERE rev = :rev;

-- name: commits
SELECT rev, chain, digest, at, op, kind, account, user, install FROM commit_log ORDER BY rev;

-- name: append_commit
INSERT INTO commit_log (rev, chain, digest, at, op, kind, account, user, install)
VALUES (:rev, :chain, :digest, :at, :op, :kind, :account, :user, :install);

-- name: save_entity
-- An id of another work order is not overwritten: no row is changed then.
INSERT INTO entity (t, id, account, work_order, rev, deleted, open, key, body)
VALUES (:t, :id, :account, :work_order, :rev, :deleted, :open, :key, :body)
ON CONFLICT (t, id) DO UPDATE SET rev = excluded.rev, deleted = excluded.deleted,
    open = excluded.open, key = excluded.key, body = excluded.body
WHERE entity.account = excluded.account AND entity.work_order = excluded.work_order;

-- name: entity
SELECT t, id, account, work_order, rev, deleted, open, key, body, seq FROM entity WHERE t = :t AND id = :id;

-- name: entities_of_work_order
SELECT t, id, account, work_order, rev, deleted, open, key, body, seq FROM entity
WHERE work_order = :work_order AND work_order <> '' ORDER BY seq;

-- name: changes_of_account
-- Two walks along the same index, merged: the account's rows and everybody's.
SELECT t, id, account, work_order, rev, deleted, open, key, body, seq FROM entity
WHERE account = :account AND rev > :rev
UNION ALL
SELECT t, id, account, work_order, rev, deleted, open, key, body, seq FROM entity
WHERE account = '*' AND rev > :rev AND :account <> '*'
ORDER BY rev, seq LIMIT :limit;

-- name: changes_of_all
SELECT t, id, account, work_order, rev, deleted, open, key, body, seq FROM entity
WHERE rev > :rev ORDER BY rev, seq LIMIT :limit;

-- name: rev_of_account
SELECT t, id, account, work_order, rev, deleted, open, key, body, seq FROM entity
WHERE rev = :rev AND account IN (:account, '*') ORDER BY seq;

-- name: rev_of_all
SELECT t, id, account, work_order, rev, deleted, open, key, body, seq FROM entity WHERE rev = :rev ORDER BY seq;

-- name: entities_by_key
-- Only in work orders that are still open.
SELECT e.t, e.id, e.account, e.work_order, e.rev, e.deleted, e.open, e.key, e.body, e.seq
FROM entity AS e JOIN entity AS o ON o.t = 'work_order' AND o.id = e.work_order
WHERE e.key = :key AND e.key <> '' AND e.t = :t AND e.deleted = 0 AND o.open = 1
ORDER BY e.account, e.seq LIMIT 10;

-- name: entities_of_account_by_key
-- The same for one account, newest first.
SELECT e.t, e.id, e.account, e.work_order, e.rev, e.deleted, e.open, e.key, e.body, e.seq
FROM entity AS e JOIN entity AS o ON o.t = 'work_order' AND o.id = e.work_order
WHERE e.key = :key AND e.key <> '' AND e.t = :t AND e.account = :account AND e.deleted = 0 AND o.open = 1
ORDER BY e.seq DESC LIMIT 10;

-- name: work_orders
SELECT id FROM entity WHERE t = 'work_order' ORDER BY id;

-- name: next_number
INSERT INTO number (year, last) VALUES (:year, 1)
ON CONFLICT (year) DO UPDATE SET last = last + 1 RETURNING last;

-- name: op
SELECT kind, fingerprint, status, body, rev, at FROM op WHERE account = :account AND id = :id;

-- name: save_op
INSERT INTO op (account, id, kind, fingerprint, status, body, rev, at)
VALUES (:account, :id, :kind, :fingerprint, :status, :body, :rev, :at);
