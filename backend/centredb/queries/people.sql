-- name: account_by_name
SELECT id FROM account WHERE name = :name;

-- name: save_account
INSERT INTO account (id, name, at) VALUES (:id, :name, :at);

-- name: save_user
INSERT INTO "user" (id, account, name, role, at) VALUES (:id, :account, :name, :role, :at);

-- name: save_invite
INSERT INTO invite (hash, role, account, name, at, expires, used_at, used_by, read_only)
VALUES (:hash, :role, :account, :name, :at, :expires, '', '', :read_only);

-- name: invite
SELECT role, account, name, at, expires, used_at, used_by, read_only FROM invite WHERE hash = :hash;

-- name: use_invite
UPDATE invite SET used_at = :at, used_by = :install WHERE hash = :hash AND used_at = '';

-- name: save_install
INSERT INTO install (id, "user", name, token_hash, public_key, at, revoked_at, token_at, token_used_at, token_before, read_only)
VALUES (:id, :user, :name, :token_hash, :public_key, :at, '', :at, '', NULL, :read_only);

-- name: install
SELECT i.id, i.name, i.token_hash, i.public_key, i.at, i.revoked_at, i.token_at, i.token_used_at, i.token_before, i.read_only,
    u.id, u.name, u.role, u.account
FROM install AS i JOIN "user" AS u ON u.id = i.user WHERE i.id = :id;

-- name: installs
-- A centre has a few hundred: for its operator to read.
SELECT i.id, i.name, i.token_hash, i.public_key, i.at, i.revoked_at, i.token_at, i.token_used_at, i.token_before, i.read_only,
    u.id, u.name, u.role, u.account
FROM install AS i JOIN "user" AS u ON u.id = i.user ORDER BY i.id;

-- name: install_by_token
SELECT i.id, i.name, i.token_hash, i.public_key, i.at, i.revoked_at, i.token_at, i.token_used_at, i.token_before, i.read_only,
    u.id, u.name, u.role, u.account
FROM install AS i JOIN "user" AS u ON u.id = i.user WHERE i.token_hash = :token_hash
UNION ALL
SELECT i.id, i.name, i.token_hash, i.public_key, i.at, i.revoked_at, i.token_at, i.token_used_at, i.token_before, i.read_only,
    u.id, u.name, u.role, u.account
FROM install AS i JOIN "user" AS u ON u.id = i.user WHERE i.token_before = :token_hash;

-- name: installs_of_account
SELECT i.id, i.name, i.token_hash, i.public_key, i.at, i.revoked_at, i.token_at, i.token_used_at, i.token_before, i.read_only,
    u.id, u.name, u.role, u.account
FROM install AS i JOIN "user" AS u ON u.id = i.user WHERE u.account = :account ORDER BY i.id;

-- name: renew_token
UPDATE install SET token_hash = :token_hash, token_at = :at, token_used_at = '', token_before = :before
WHERE id = :id AND (token_hash = :before OR token_before = :before AND token_used_at = '');

-- name: use_token
UPDATE install SET token_used_at = :at WHERE id = :id AND token_hash = :token_hash AND token_used_at = '';

-- name: revoke_install
UPDATE install SET revoked_at = :at WHERE id = :id AND revoked_at = '';

-- name: signing_key
SELECT private FROM signing_key ORDER BY rowid DESC LIMIT 1;

-- name: save_signing_key
INSERT INTO signing_key (private, at) VALUES (:private, :at);
