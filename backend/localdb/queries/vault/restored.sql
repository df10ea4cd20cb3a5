-- name: restored_add
INSERT INTO restored (scope, cursor, at, seen) VALUES (:scope, :cursor, :at, '') ON CONFLICT (scope, cursor) DO NOTHING;

-- name: restored_last
-- The newest that nobody has put away.
SELECT at FROM restored WHERE scope = :scope AND seen = '' ORDER BY at DESC LIMIT 1;

-- name: restored_seen
UPDATE restored SET seen = :at WHERE scope = :scope AND seen = '';

-- name: outbox_unproven
-- Answers that no whole pull has proven yet.
SELECT id, at FROM outbox INDEXED BY outbox_by_at WHERE scope = :scope AND at <> '' AND state = 'accepted' ORDER BY n LIMIT :limit;

-- name: outbox_proven
-- Of another answer to the same item the proof is still to come.
UPDATE outbox SET at = '' WHERE id = :id AND at = :at;

-- name: outbox_doubt
UPDATE outbox SET at = coalesce(json_extract(answer, '$.at'), '')
WHERE scope = :scope AND state = 'accepted' AND again <> 'left';

-- name: outbox_offer_again
-- What the centre had taken, under the old ids and in the old bytes, however long
-- ago: the clock of this PC may have been wrong when it was taken, and what the
-- centre still has it only answers again. What is about money waits for a person's
-- word. It was on its way once, so nobody takes it back.
UPDATE outbox SET state = 'queued', attempts = 1, refusals = 0, at = '', was = answer, reason = '', next_at = :now, hold_until = '', updated_at = :now,
    again = CASE WHEN kind IN (SELECT value FROM json_each(:money)) THEN 'asks' ELSE 'again' END
WHERE scope = :scope AND state = 'accepted' AND again <> 'left';

-- name: files_offer_again
-- Of a file that the centre still has it takes no byte.
UPDATE file SET state = 'waiting', upload_url = '', attempts = 0, next_at = :now, reason = ''
WHERE scope = :scope AND state = 'uploaded';

-- name: outbox_again
SELECT n, id, scope, kind, work_order, draft, title, fingerprint, seen_rev, state, attempts,
       next_at, hold_until, rev, answer, reason, created_at, updated_at, again, was, refusals
FROM outbox WHERE scope = :scope AND again <> '' ORDER BY n;

-- name: outbox_word
-- A person's word on what waits for it; id '' means all.
UPDATE outbox SET again = :again, state = CASE WHEN :again = 'left' THEN 'accepted' ELSE state END, next_at = :now, updated_at = :now
WHERE scope = :scope AND again = 'asks' AND (id = :id OR :id = '');

-- name: only_here_put
INSERT INTO only_here (scope, t, id, work_order, body, at) VALUES (:scope, :t, :id, :work_order, :body, :at)
ON CONFLICT (scope, t, id) DO UPDATE SET body = excluded.body;

-- name: only_here_all
SELECT t, id, work_order, body, at FROM only_here WHERE scope = :scope ORDER BY work_order, t DESC, id LIMIT :limit;

-- name: only_here_some
SELECT EXISTS (SELECT 1 FROM only_here WHERE scope = :scope);

-- name: only_here_drop
DELETE FROM only_here WHERE scope = :scope AND t = :t AND id = :id;

-- name: only_here_forget
-- A person has looked at what is left of a work order.
DELETE FROM only_here WHERE scope = :scope AND work_order = :work_order;

-- name: outbox_carried
-- All but what a person took back or put away.
SELECT n, id, scope, kind, work_order, draft, title, fingerprint, seen_rev, state, attempts,
       next_at, hold_until, rev, answer, reason, created_at, updated_at, again, was, refusals
FROM outbox WHERE scope = :scope AND state IN ('holding', 'queued', 'sending', 'refused', 'accepted') ORDER BY n;

-- name: outbox_unsaid
-- What a backup holds and the vault that it replaces does not was taken back since:
-- it is nobody's word any more until a person says so again.
UPDATE outbox SET state = 'refused', hold_until = '', reason = :reason, updated_at = :now
WHERE state IN ('holding', 'queued') AND attempts = 0 AND kind <> 'submit' AND id NOT IN (SELECT value FROM json_each(:known));

-- name: draft_unsaid
-- A submission that was taken back is a draft again.
UPDATE draft SET state = 'open', outbox = '', updated_at = :now
WHERE outbox IN (SELECT id FROM outbox WHERE state IN ('holding', 'queued') AND attempts = 0 AND kind = 'submit'
    AND id NOT IN (SELECT value FROM json_each(:known)));

-- name: outbox_unsubmit
DELETE FROM outbox
WHERE state IN ('holding', 'queued') AND attempts = 0 AND kind = 'submit' AND id NOT IN (SELECT value FROM json_each(:known));

-- name: outbox_said
SELECT id FROM outbox ORDER BY n;
