-- The version is compared and set with each save; facts are the part of a device's snapshot that seldom changes. What was stored
-- before has its facts behind its state until it is saved again.
ALTER TABLE grains ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE grains ADD COLUMN facts BLOB;
