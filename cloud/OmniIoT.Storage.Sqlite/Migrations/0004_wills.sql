-- The will of a session that is kept: pending over a restart.
CREATE TABLE wills (
    client_id TEXT NOT NULL PRIMARY KEY, topic TEXT NOT NULL, payload BLOB NOT NULL, qos INTEGER NOT NULL, retain INTEGER NOT NULL,
    properties BLOB NOT NULL, due_at INTEGER);
