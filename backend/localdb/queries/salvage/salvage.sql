-- name: tables
SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name;

-- name: columns
SELECT name, type, "notnull", pk FROM pragma_table_xinfo(:t) ORDER BY cid;

-- name: indexes
SELECT name, origin FROM pragma_index_list(:t);

-- name: index_columns
SELECT cid FROM pragma_index_xinfo(:i) ORDER BY seqno;

-- name: parents
SELECT "table", "from", "to" FROM pragma_foreign_key_list(:t);

-- name: defer_parents
PRAGMA defer_foreign_keys = ON;

-- name: draft_stub
-- A draft whose own row is lost: its lines stay, and a person can see them.
INSERT INTO draft (id, scope, contact, address, reference, note, search, columns, row_count, version, step, state, outbox, created_at, updated_at)
VALUES (:id, coalesce((SELECT scope FROM session ORDER BY practice, joined_at DESC LIMIT 1), ''),
        '{}', '{}', '', '', '', '[]', 0, 1, 0, 'open', '', :at, :at)
ON CONFLICT (id) DO NOTHING;

-- name: draft_counts
-- What the drafts say about themselves, after what they lost.
UPDATE draft SET
    row_count = (SELECT count(*) FROM draft_row WHERE draft_row.draft = draft.id),
    step = min(step, coalesce((SELECT max(n) FROM draft_step WHERE draft_step.draft = draft.id), 0));
