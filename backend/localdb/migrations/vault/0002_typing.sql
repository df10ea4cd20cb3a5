-- The cell that a person is typing into, key by key. It is part of the draft, and
-- a step to undo, only once the edit ends.
CREATE TABLE draft_typing (
    draft TEXT PRIMARY KEY REFERENCES draft (id) ON DELETE CASCADE,
    row   TEXT NOT NULL,          -- '' for the empty line behind the last row
    col   TEXT NOT NULL,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
