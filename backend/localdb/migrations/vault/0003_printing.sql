-- What was given to a printer: a job that failed is kept, and tried again by a
-- person. scope and work_order are whose papers they were.
CREATE TABLE print_job (
    id         TEXT PRIMARY KEY,     -- UUIDv7: the order of beginning
    scope      TEXT NOT NULL,
    work_order TEXT NOT NULL,        -- of a draft as well
    state      TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'cancelled')),
    job        TEXT NOT NULL,        -- what, on which printer, why again: JSON
    bytes      INTEGER NOT NULL,     -- that the printer or its queue took
    reason     TEXT NOT NULL,        -- repair.Error of the last try as JSON, '' for none
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX print_job_by_scope ON print_job (scope, id);
CREATE INDEX print_job_on_its_way ON print_job (state) WHERE state IN ('queued', 'sending');

-- How often the label of a box or of a device went to paper. A second time needs
-- a reason and says so.
CREATE TABLE printed (
    scope      TEXT NOT NULL,
    work_order TEXT NOT NULL,
    kind       TEXT NOT NULL,        -- box, device
    item       TEXT NOT NULL,        -- id of the parcel or of the device
    prints     INTEGER NOT NULL,     -- by a printer
    files      INTEGER NOT NULL,     -- as a PDF, saved or opened
    PRIMARY KEY (scope, work_order, kind, item)
) STRICT, WITHOUT ROWID;
