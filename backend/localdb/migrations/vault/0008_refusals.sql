-- How often the centre has refused an item since it was offered again. Tries that
-- did not reach the centre say nothing about it.
ALTER TABLE outbox ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0;
