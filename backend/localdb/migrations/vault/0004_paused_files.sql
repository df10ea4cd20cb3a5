-- A person may let a file wait. It stays waiting: only nobody sends it meanwhile.
ALTER TABLE file ADD COLUMN paused INTEGER NOT NULL DEFAULT 0;
