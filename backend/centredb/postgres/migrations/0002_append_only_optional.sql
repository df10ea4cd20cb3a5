-- The log and the answers are not changed, by nobody. A relative of PostgreSQL
-- that has no triggers goes without: there grants do it, and check reads the chain.
CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the table % is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER commit_log_is_append_only BEFORE UPDATE OR DELETE ON commit_log FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER op_is_append_only BEFORE UPDATE OR DELETE ON op FOR EACH ROW EXECUTE FUNCTION append_only();
