-- name: save_letter
-- An address has one letter of a reminder, whoever finds first that it is due.
INSERT INTO letter (account, id, work_order, rule, day, eligible_from, email, language, at, next_at, attempts, outcome, settled_at)
VALUES (:account, :id, :work_order, :rule, :day, :eligible_from, :email, :language, :at, :next_at, 0, '', '')
ON CONFLICT (account, id) DO NOTHING;

-- name: has_letter
SELECT id FROM letter WHERE account = :account AND id = :id;

-- name: letters_due
SELECT account, id, work_order, rule, day, eligible_from, email, language, at, next_at, attempts, outcome
FROM letter WHERE next_at > '' AND next_at <= :now ORDER BY next_at LIMIT :limit;

-- name: claim_letter
UPDATE letter SET next_at = :until, attempts = attempts + 1 WHERE account = :account AND id = :id AND next_at = :next_at;

-- name: settle_letter
UPDATE letter SET outcome = :outcome, next_at = :next_at, settled_at = :at WHERE account = :account AND id = :id;
