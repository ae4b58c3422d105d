-- What stands on record, each entry chained to the one before by its hash. Values stand beside their digests, with their salts before them.
CREATE TABLE audit (
    sequence BIGINT NOT NULL PRIMARY KEY, id word NOT NULL, at BIGINT NOT NULL, actor word NOT NULL, action word NOT NULL,
    subject word NOT NULL, outcome word NOT NULL, persons word NOT NULL, address_value BYTEA, address_digest BYTEA,
    before_value BYTEA, before_digest BYTEA, after_value BYTEA, after_digest BYTEA, previous BYTEA NOT NULL, hash BYTEA NOT NULL);
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_actor ON audit (actor, at, id);
CREATE INDEX audit_subject ON audit (subject, at, id);
CREATE INDEX audit_action ON audit (action, at, id);

-- Whose data the values of an entry are, which has the same persons between blanks.
CREATE TABLE audit_persons (customer_id word NOT NULL, sequence BIGINT NOT NULL, PRIMARY KEY (customer_id, sequence));

-- Where the chain ends: an entry that is missing at the end is noticed by it.
CREATE TABLE audit_head (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), sequence BIGINT NOT NULL, hash BYTEA NOT NULL);

CREATE FUNCTION refuse_audit() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is only added to.';
END $$;
CREATE TRIGGER audit_stays BEFORE DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit();
CREATE TRIGGER audit_is_fixed BEFORE UPDATE OF sequence, id, at, actor, action, subject, outcome, persons,
    address_digest, before_digest, after_digest, previous, hash ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit();
CREATE TRIGGER audit_values_are_only_cut BEFORE UPDATE ON audit FOR EACH ROW
WHEN ((new.address_value IS NOT NULL AND new.address_value IS DISTINCT FROM old.address_value)
    OR (new.before_value IS NOT NULL AND new.before_value IS DISTINCT FROM old.before_value)
    OR (new.after_value IS NOT NULL AND new.after_value IS DISTINCT FROM old.after_value))
EXECUTE FUNCTION refuse_audit();
