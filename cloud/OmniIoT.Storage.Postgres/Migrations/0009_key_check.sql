-- What only the key opens that the secrets in this database are sealed with.
CREATE TABLE key_check (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), sealed BYTEA NOT NULL);
