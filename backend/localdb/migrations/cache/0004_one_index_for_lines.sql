-- Lines and counts by status from one index: each is another page to write for every
-- device that comes.
DROP INDEX device_row_by_status;
DROP INDEX device_row_by_line;
CREATE INDEX device_row_by_line ON device_row (scope, work_order, line, status);
