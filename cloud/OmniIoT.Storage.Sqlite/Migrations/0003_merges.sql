-- Customers who were found to be another: into_id as merged, survivor_id where that leads to in the end.

CREATE TABLE merges (id TEXT NOT NULL PRIMARY KEY, into_id TEXT NOT NULL, survivor_id TEXT NOT NULL, json BLOB NOT NULL);
CREATE INDEX merges_into ON merges (into_id);
CREATE INDEX merges_survivor ON merges (survivor_id, id);
