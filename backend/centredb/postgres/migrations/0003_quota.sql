-- How much an account has is asked for at each new file.
CREATE INDEX file_by_scope ON file (scope, size);
