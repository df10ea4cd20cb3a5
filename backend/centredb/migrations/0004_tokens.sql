-- A token is exchanged for a new one every day. Until a minute after the new one
-- was first used the old one is good as well: the answer may have been lost.
ALTER TABLE install ADD COLUMN token_at TEXT NOT NULL DEFAULT '';      -- when it was given; '' long ago
ALTER TABLE install ADD COLUMN token_used_at TEXT NOT NULL DEFAULT ''; -- when it was first used
ALTER TABLE install ADD COLUMN token_before BLOB;                        -- SHA-256 of the one before; NULL for none
CREATE INDEX install_by_token_before ON install (token_before);

-- A PC that may only look, such as one that shows a board on a wall.
ALTER TABLE install ADD COLUMN read_only INTEGER NOT NULL DEFAULT 0;
ALTER TABLE invite ADD COLUMN read_only INTEGER NOT NULL DEFAULT 0;

-- The PCs of a customer.
CREATE INDEX user_by_account ON user (account);
CREATE INDEX install_by_user ON install (user);
