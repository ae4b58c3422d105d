-- What tells a message from another that has its packet identifier, and what became of it; what was taken in before has neither.
ALTER TABLE received ADD COLUMN fingerprint INTEGER;
ALTER TABLE received ADD COLUMN outcome INTEGER NOT NULL DEFAULT 0;
