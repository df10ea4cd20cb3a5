-- A file that is announced again goes on where it stood.
CREATE INDEX upload_by_file ON upload (scope, sha256);

-- Beginnings that nobody goes on with are thrown away by age.
CREATE INDEX upload_by_age ON upload (at);
