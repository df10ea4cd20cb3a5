-- name: save_upload
INSERT INTO upload (id, scope, sha256, size, type, name, "offset", at)
VALUES (:id, :scope, :sha256, :size, :type, :name, 0, :at);

-- name: upload
SELECT sha256, size, type, name, "offset", at FROM upload WHERE id = :id AND scope = :scope;

-- name: upload_of_file
SELECT id, sha256, size, type, name, "offset", at FROM upload
WHERE scope = :scope AND sha256 = :sha256 AND size = :size AND name = :name LIMIT 1;

-- name: uploads_before
SELECT id FROM upload WHERE at < :at LIMIT 100;

-- name: move_upload
UPDATE upload SET "offset" = :offset, at = :at WHERE id = :id AND "offset" <= :offset;

-- name: drop_upload
DELETE FROM upload WHERE id = :id;

-- name: save_file
INSERT INTO file (sha256, scope, size, type, name, at) VALUES (:sha256, :scope, :size, :type, :name, :at)
ON CONFLICT (sha256, scope) DO NOTHING;

-- name: file
SELECT sha256, size, type, name FROM file WHERE sha256 = :sha256 AND scope = :scope;

-- name: any_file
SELECT sha256, size, type, name FROM file WHERE sha256 = :sha256 LIMIT 1;

-- name: save_grant
INSERT INTO file_grant (account, sha256) VALUES (:account, :sha256) ON CONFLICT (account, sha256) DO NOTHING;

-- name: grant
SELECT 1 FROM file_grant WHERE account = :account AND sha256 = :sha256;

-- name: bytes_of
-- What an account has brought and what it has announced.
SELECT CAST((SELECT coalesce(sum(size), 0) FROM file WHERE scope = :scope)
    + (SELECT coalesce(sum(size), 0) FROM upload WHERE scope = :scope) AS BIGINT);
