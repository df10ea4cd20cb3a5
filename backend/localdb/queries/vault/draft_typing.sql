-- name: typing_put
-- Only while the draft is open and the row is there.
INSERT INTO draft_typing (draft, row, col, value)
SELECT d.id, :row, :col, :value FROM draft d
WHERE d.id = :draft AND d.state = 'open'
  AND (:row = '' OR EXISTS (SELECT 1 FROM draft_row r WHERE r.id = :row AND r.draft = d.id))
ON CONFLICT (draft) DO UPDATE SET row = excluded.row, col = excluded.col, value = excluded.value;

-- name: typing_one
-- The line it stands in counts from 1. Typing into a row that is gone is none.
SELECT t.row, t.col, t.value, 1 + (SELECT count(*) FROM draft_row a WHERE a.draft = t.draft AND (t.row = '' OR a.pos < r.pos))
FROM draft_typing t LEFT JOIN draft_row r ON r.id = t.row AND r.draft = t.draft
WHERE t.draft = :draft AND (t.row = '' OR r.id IS NOT NULL);

-- name: typing_end
DELETE FROM draft_typing WHERE draft = :draft;
