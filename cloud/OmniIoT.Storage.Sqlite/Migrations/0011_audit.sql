-- What stands on record, each entry chained to the one before by its hash. Values stand beside their digests, with their salts before them.
CREATE TABLE audit (
    sequence INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
    subject TEXT NOT NULL, outcome TEXT NOT NULL, customer_id TEXT, former_customer_id TEXT, address_value BLOB, address_digest BLOB,
    before_value BLOB, before_digest BLOB, after_value BLOB, after_digest BLOB, previous BLOB NOT NULL, hash BLOB NOT NULL);
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_actor ON audit (actor, at, id);
CREATE INDEX audit_subject ON audit (subject, at, id);
CREATE INDEX audit_action ON audit (action, at, id);
CREATE INDEX audit_customer ON audit (customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX audit_former_customer ON audit (former_customer_id) WHERE former_customer_id IS NOT NULL;

-- Where the chain ends: an entry that is missing at the end is noticed by it.
CREATE TABLE audit_head (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL, hash BLOB NOT NULL);

CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'The audit trail is only added to.'); END;
CREATE TRIGGER audit_is_fixed BEFORE UPDATE OF sequence, id, at, actor, action, subject, outcome, customer_id, former_customer_id,
    address_digest, before_digest, after_digest, previous, hash ON audit
BEGIN SELECT raise(ABORT, 'The audit trail is only added to.'); END;
CREATE TRIGGER audit_values_are_only_cut BEFORE UPDATE ON audit
WHEN (new.address_value IS NOT NULL AND new.address_value IS NOT old.address_value)
    OR (new.before_value IS NOT NULL AND new.before_value IS NOT old.before_value)
    OR (new.after_value IS NOT NULL AND new.after_value IS NOT old.after_value)
BEGIN SELECT raise(ABORT, 'The audit trail is only added to.'); END;
