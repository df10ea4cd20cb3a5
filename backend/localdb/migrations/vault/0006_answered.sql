-- Where the centre's commit of an accepted item stands, as it said with its answer;
-- '' once a whole pull has shown that the centre still has it.
ALTER TABLE outbox ADD COLUMN at TEXT NOT NULL DEFAULT '';
CREATE INDEX outbox_by_at ON outbox (scope, n) WHERE at <> '';
