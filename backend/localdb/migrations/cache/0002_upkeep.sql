-- How far work on the whole cache has come that goes on in steps beside all else:
--   text       the last entity whose serial number is in device_text
--   projection the version of the projections that all rows have
--   projected  the last entity that has the next version
CREATE TABLE upkeep (
    name TEXT PRIMARY KEY,
    n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO upkeep (name, n) SELECT 'text', coalesce(max(n), 0) FROM device_row;
