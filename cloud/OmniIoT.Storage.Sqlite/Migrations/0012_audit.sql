-- What stands on record, each entry chained to the one before by its hash. Values stand beside their digests, with their salts before them.
CREATE TABLE audit (
    sequence INTEGER NOT NULL PRIMARY KEY, id TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
    subject TEXT NOT NULL, outcome TEXT NOT NULL, persons TEXT NOT NULL, address_value BLOB, address_digest BLOB,
    before_value BLOB, before_digest BLOB, after_value BLOB, after_digest BLOB, previous BLOB NOT NULL, hash BLOB NOT NULL);
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_actor ON audit (actor, at, id);
CREATE INDEX audit_subject ON audit (subject, at, id);
CREATE INDEX audit_action ON audit (action, at, id);

-- Whose data the values of an entry are, which has the same persons between blanks.
CREATE TABLE audit_persons (customer_id TEXT NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY (customer_id, sequence)) WITHOUT ROWID;

-- Where the chain ends: an entry that is missing at the end is noticed by it.
CREATE TABLE audit_head (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), sequence INTEGER NOT NULL, hash BLOB NOT NULL);

CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'The audit trail is only added to.'); END;
CREATE TRIGGER audit_is_fixed BEFORE UPDATE OF sequence, id, at, actor, action, subject, outcome, persons,
    address_digest, before_digest, after_digest, previous, hash ON audit
BEGIN SELECT raise(ABORT, 'The audit trail is only added to.'); END;
CREATE TRIGGER audit_values_are_only_cut BEFORE UPDATE ON audit
WHEN (new.address_value IS NOT NULL AND new.address_value IS NOT old.address_value)
    OR (new.before_value IS NOT NULL AND new.before_value IS NOT old.before_value)
    OR (new.after_value IS NOT NULL AND new.after_value IS NOT old.after_value)
BEGIN SELECT raise(ABORT, 'The audit trail is only added to.'); END;
