-- The log and the counter of commits belong to a scope now: one account, '*'
-- what everybody sees, '' the centre's own people, who see everything.
ALTER TABLE entity RENAME COLUMN account TO scope;

DROP TRIGGER commit_log_is_not_changed;
DROP TRIGGER commit_log_is_not_cut;
ALTER TABLE commit_log RENAME TO commit_log_of_all;

-- One line per commit and scope. Each line's chain covers the line and all
-- before it in its scope, so that a changed past is noticed. A commit of an
-- account has a second line among those of the centre's own people, which says
-- whose rows it wrote: their log is the order of everything.
CREATE TABLE commit_log (
    scope    TEXT NOT NULL,
    seq      INTEGER NOT NULL,
    chain    BLOB NOT NULL,
    digest   BLOB NOT NULL,           -- of the rows that it wrote, or the chain of the line it stands for
    at       TEXT NOT NULL,
    op       TEXT NOT NULL,
    kind     TEXT NOT NULL,
    account  TEXT NOT NULL,
    user     TEXT NOT NULL,
    install  TEXT NOT NULL,
    of_scope TEXT NOT NULL,           -- whose rows it wrote, and as which of their commits
    of_seq   INTEGER NOT NULL,
    form     INTEGER NOT NULL,        -- of the chain: 1 was one chain for all
    PRIMARY KEY (scope, seq)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX commit_log_of ON commit_log (of_scope, of_seq) WHERE scope = '';

-- Where each scope stands. A commit moves it as the last thing it does.
CREATE TABLE scope_head (
    scope   TEXT PRIMARY KEY,
    seq     INTEGER NOT NULL,
    chain   BLOB NOT NULL,
    expired INTEGER NOT NULL          -- deletions up to here are forgotten: older cursors are refused
) STRICT, WITHOUT ROWID;

-- The old chain goes on as that of the centre's own people. Lines that still have
-- rows stand in their account's log too, with the old chain's hash.
INSERT INTO commit_log (scope, seq, chain, digest, at, op, kind, account, user, install, of_scope, of_seq, form)
SELECT '', c.rev, c.chain, c.digest, c.at, c.op, c.kind, c.account, c.user, c.install,
       coalesce((SELECT e.scope FROM entity AS e WHERE e.rev = c.rev LIMIT 1), ''), c.rev, 1
FROM commit_log_of_all AS c;

INSERT INTO commit_log (scope, seq, chain, digest, at, op, kind, account, user, install, of_scope, of_seq, form)
SELECT of_scope, seq, chain, digest, at, op, kind, account, user, install, of_scope, of_seq, form
FROM commit_log WHERE scope = '' AND of_scope <> '';

INSERT INTO scope_head (scope, seq, chain, expired)
SELECT c.scope, c.seq, c.chain, 0 FROM commit_log AS c
WHERE c.seq = (SELECT max(m.seq) FROM commit_log AS m WHERE m.scope = c.scope);

DROP TABLE commit_log_of_all;

CREATE TRIGGER commit_log_is_not_changed BEFORE UPDATE ON commit_log
BEGIN SELECT RAISE(ABORT, 'the commit log is append-only'); END;
CREATE TRIGGER commit_log_is_not_cut BEFORE DELETE ON commit_log
BEGIN SELECT RAISE(ABORT, 'the commit log is append-only'); END;

-- The feed of one scope, and a snapshot of it.
DROP INDEX entity_by_account;
DROP INDEX entity_by_rev;
CREATE INDEX entity_by_rev ON entity (scope, rev);
CREATE INDEX entity_by_scope ON entity (scope, t, id) WHERE deleted = 0;
CREATE INDEX entity_gone ON entity (scope, rev) WHERE deleted = 1;
