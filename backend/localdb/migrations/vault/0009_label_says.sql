-- What the label of a box said when it went to paper last: once the box says
-- something else, that label is wrong. '' of devices, and of labels printed before
-- this was kept.
ALTER TABLE printed ADD COLUMN says TEXT NOT NULL DEFAULT '';
