-- name: bundle_drafts
SELECT id FROM draft ORDER BY created_at, id;

-- name: bundle_outbox
SELECT n, id, kind, answer, body FROM outbox ORDER BY n;

-- name: bundle_files
SELECT sha256, min(name) FROM file GROUP BY sha256 ORDER BY sha256;
