-- name: session_save
INSERT INTO session (scope, server_id, url, centre, centre_zh, account, user, name, role, install, practice, joined_at)
VALUES (:scope, :server_id, :url, :centre, :centre_zh, :account, :user, :name, :role, :install, :practice, :joined_at)
ON CONFLICT (scope) DO UPDATE SET
    url = excluded.url, centre = excluded.centre, centre_zh = excluded.centre_zh, account = excluded.account,
    user = excluded.user, name = excluded.name, role = excluded.role, install = excluded.install,
    practice = excluded.practice;

-- name: session_one
SELECT scope, server_id, url, centre, centre_zh, account, user, name, role, install, practice, joined_at
FROM session WHERE scope = :scope;

-- name: session_all
SELECT scope, server_id, url, centre, centre_zh, account, user, name, role, install, practice, joined_at
FROM session ORDER BY joined_at, scope;

-- name: session_remove
DELETE FROM session WHERE scope = :scope;

-- name: preference_save
INSERT INTO preference (name, value) VALUES (:name, :value)
ON CONFLICT (name) DO UPDATE SET value = excluded.value;

-- name: preference_one
SELECT value FROM preference WHERE name = :name;

-- name: payee_trust
INSERT INTO trusted_payee (scope, method, currency, digest, trusted_at)
VALUES (:scope, :method, :currency, :digest, :at)
ON CONFLICT (scope, method, currency) DO UPDATE SET digest = excluded.digest, trusted_at = excluded.trusted_at;

-- name: payee_trusted
SELECT digest FROM trusted_payee WHERE scope = :scope AND method = :method AND currency = :currency;
