-- What tells a message from another that has its packet identifier, and what became of it; what was taken in before has neither.
ALTER TABLE received ADD COLUMN fingerprint BIGINT;
ALTER TABLE received ADD COLUMN outcome BIGINT NOT NULL DEFAULT 0;
