-- name: watch_checkout
INSERT INTO checkouts (scope, payment, work_order, ask_at, tries)
VALUES (:scope, :payment, :work_order, :ask_at, :tries)
ON CONFLICT (scope, payment) DO UPDATE SET ask_at = excluded.ask_at, tries = excluded.tries;

-- name: checkouts_due
SELECT scope, payment, work_order, ask_at, tries FROM checkouts
WHERE ask_at <= :at ORDER BY ask_at LIMIT :limit;

-- name: claim_checkout
-- Nobody may have moved it since it was read: no row is changed then.
UPDATE checkouts SET ask_at = :ask_at WHERE scope = :scope AND payment = :payment AND ask_at = :was;

-- name: drop_checkout
DELETE FROM checkouts WHERE scope = :scope AND payment = :payment;
