-- name: follow
-- The same number goes on where it stood; another one begins anew, and so does
-- one that is not asked about any more, or was not.
INSERT INTO followed (scope, t, id, work_order, carrier, number, ask_at, asked_at, tries, pushed_by)
VALUES (:scope, :t, :id, :work_order, :carrier, :number, :ask_at, '', 0, '')
ON CONFLICT (scope, t, id) DO UPDATE SET carrier = excluded.carrier, number = excluded.number,
    ask_at = excluded.ask_at, asked_at = '', tries = 0, pushed_by = ''
WHERE followed.number <> excluded.number OR followed.carrier <> excluded.carrier
    OR followed.ask_at > '9' OR excluded.ask_at > '9';

-- name: unfollow
DELETE FROM followed WHERE scope = :scope AND t = :t AND id = :id;

-- name: followed_due
SELECT scope, t, id, work_order, carrier, number, ask_at, asked_at, tries, pushed_by FROM followed
WHERE ask_at <= :at ORDER BY ask_at LIMIT :limit;

-- name: followed_by_number
SELECT scope, t, id, work_order, carrier, number, ask_at, asked_at, tries, pushed_by FROM followed
WHERE number = :number ORDER BY scope, t, id LIMIT 100;

-- name: move_followed
-- Nobody may have moved it since it was read: no row is changed then.
UPDATE followed SET ask_at = :ask_at, asked_at = :asked_at, tries = :tries, pushed_by = :pushed_by
WHERE scope = :scope AND t = :t AND id = :id AND number = :number AND ask_at = :was;

-- name: count_ask
-- No row is changed when the day's questions are spent. Those of all have no scope.
INSERT INTO asked (scope, service, day, times) VALUES (:scope, :service, :day, 1)
ON CONFLICT (scope, service, day) DO UPDATE SET times = asked.times + 1 WHERE asked.times < :limit;

-- name: forget_asks
DELETE FROM asked WHERE day < :day;
