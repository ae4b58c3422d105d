-- Which process has the session.
ALTER TABLE sessions ADD COLUMN process word;
CREATE INDEX sessions_process ON sessions (process);
