-- name: outbox_add
INSERT INTO outbox (id, scope, kind, work_order, draft, title, body, fingerprint, seen_rev, state, attempts, next_at,
    hold_until, rev, answer, reason, created_at, updated_at)
VALUES (:id, :scope, :kind, :work_order, :draft, :title, :body, :fingerprint, :seen_rev, :state, 0, :at,
    :hold_until, 0, '', '', :at, :at);

-- name: outbox_body
SELECT body FROM outbox WHERE id = :id;

-- name: outbox_one
SELECT n, id, scope, kind, work_order, draft, title, fingerprint, seen_rev, state, attempts,
       next_at, hold_until, rev, answer, reason, created_at, updated_at, again, was, refusals
FROM outbox WHERE id = :id;

-- name: outbox_open
-- What is not confirmed yet or was refused, oldest first.
SELECT n, id, scope, kind, work_order, draft, title, fingerprint, seen_rev, state, attempts,
       next_at, hold_until, rev, answer, reason, created_at, updated_at, again, was, refusals
FROM outbox WHERE scope = :scope AND state IN ('holding', 'queued', 'sending', 'refused') ORDER BY n;

-- name: outbox_of_order
SELECT n, id, scope, kind, work_order, draft, title, fingerprint, seen_rev, state, attempts,
       next_at, hold_until, rev, answer, reason, created_at, updated_at, again, was, refusals
FROM outbox WHERE scope = :scope AND work_order = :work_order AND state = :state ORDER BY n;

-- name: outbox_counts
SELECT state, count(*) FROM outbox
WHERE scope = :scope AND state IN ('holding', 'queued', 'sending', 'refused') GROUP BY state;

-- name: outbox_sending
UPDATE outbox SET state = 'sending', attempts = attempts + 1, updated_at = :now
WHERE id = :id AND state IN ('holding', 'queued') AND hold_until <= :now;

-- name: outbox_unsent
-- Whatever was in flight when the program ended is sent again with the same bytes.
UPDATE outbox SET state = 'queued' WHERE state = 'sending';

-- name: outbox_accepted
UPDATE outbox SET state = 'accepted', rev = :rev, answer = :answer, at = coalesce(json_extract(:answer, '$.at'), ''),
    reason = '', updated_at = :now WHERE id = :id;

-- name: outbox_refused
UPDATE outbox SET state = 'refused', reason = :reason, updated_at = :now WHERE id = :id;

-- name: outbox_retry
UPDATE outbox SET state = 'queued', reason = :reason, next_at = :next_at, updated_at = :now
WHERE id = :id AND state IN ('holding', 'queued', 'sending');

-- name: outbox_not_yet
UPDATE outbox SET state = 'queued', reason = :reason, next_at = :next_at, updated_at = :now, refusals = refusals + 1
WHERE id = :id AND state IN ('holding', 'queued', 'sending');

-- name: outbox_retry_all
UPDATE outbox SET next_at = :now WHERE scope = :scope AND state = 'queued';

-- name: outbox_take_back
-- Only what has never been on its way: after the first try nobody knows whether
-- the centre has it.
DELETE FROM outbox WHERE id = :id AND state IN ('holding', 'queued') AND attempts = 0;

-- name: outbox_dismiss
UPDATE outbox SET state = 'dismissed', updated_at = :now WHERE id = :id AND state = 'refused';

-- name: file_keep
INSERT INTO file (scope, sha256, name, type, size, state, upload_url, attempts, next_at, reason, created_at)
VALUES (:scope, :sha256, :name, :type, :size, 'kept', '', 0, :at, '', :at)
ON CONFLICT (scope, sha256) DO NOTHING;

-- name: file_one
SELECT sha256, name, type, size, state, attempts, next_at FROM file WHERE scope = :scope AND sha256 = :sha256;

-- name: file_any
-- A kept photo may be shown whichever session attached it on this PC.
SELECT sha256, name, type, size, state, attempts, next_at FROM file WHERE sha256 = :sha256 LIMIT 1;

-- name: file_wait
UPDATE file SET state = 'waiting', next_at = :at WHERE scope = :scope AND sha256 = :sha256 AND state = 'kept';

-- name: file_due
SELECT sha256, name, type, size, state, attempts, next_at FROM file
WHERE scope = :scope AND state = 'waiting' AND next_at <= :now AND paused = 0 ORDER BY next_at LIMIT :limit;

-- name: files_waiting
SELECT sha256, name, type, size, attempts, next_at, reason, paused FROM file
WHERE scope = :scope AND state = 'waiting' ORDER BY created_at, sha256;

-- name: file_pause
UPDATE file SET paused = :paused, next_at = :at WHERE scope = :scope AND sha256 = :sha256 AND state = 'waiting';

-- name: file_cancel
-- It is kept, and travels when something else refers to it.
UPDATE file SET state = 'kept', paused = 0, attempts = 0, reason = '' WHERE scope = :scope AND sha256 = :sha256 AND state = 'waiting';

-- name: file_may_travel
SELECT 1 FROM file WHERE scope = :scope AND sha256 = :sha256 AND state = 'waiting' AND paused = 0;

-- name: file_retry
UPDATE file SET attempts = attempts + 1, next_at = :next_at, reason = :reason
WHERE scope = :scope AND sha256 = :sha256 AND state = 'waiting';

-- name: file_uploaded
UPDATE file SET state = 'uploaded', upload_url = '', reason = '' WHERE scope = :scope AND sha256 = :sha256;

-- name: file_waiting
SELECT count(*) FROM file WHERE scope = :scope AND state = 'waiting';

-- name: files_adopt
UPDATE OR IGNORE file SET scope = :scope WHERE scope = '';

-- name: outbox_left
-- What a person of the centre left unsent on this PC under an earlier name. It is
-- nobody's word any more until the one who is here now says so again.
UPDATE outbox SET scope = :scope, state = 'refused', hold_until = '', updated_at = :now,
    reason = CASE state WHEN 'refused' THEN reason ELSE :reason END
WHERE scope > :first AND scope < :last AND scope <> :scope
  AND state IN ('holding', 'queued', 'sending', 'refused') AND kind <> 'submit';
