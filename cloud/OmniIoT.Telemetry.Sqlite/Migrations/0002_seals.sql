-- Checksums of rows, seeded with device and metric. Null: the row was written before there were any, and is read without.

ALTER TABLE series ADD COLUMN seal INTEGER;
ALTER TABLE chunks ADD COLUMN seal INTEGER;
ALTER TABLE hours ADD COLUMN seal INTEGER;
ALTER TABLE minutes ADD COLUMN seal INTEGER;
