-- One file holds the readings of one UTC month of device time. Times are epoch milliseconds.

CREATE TABLE series (id INTEGER PRIMARY KEY, device TEXT NOT NULL, metric TEXT NOT NULL, UNIQUE (device, metric));

-- Packed readings, ordered by time and seq; chunks of a series do not overlap in time.
CREATE TABLE chunks (
    id INTEGER PRIMARY KEY, series INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL, count INTEGER NOT NULL,
    data BLOB NOT NULL);
CREATE UNIQUE INDEX chunks_series ON chunks (series, first_at);

-- Roll-ups: the key is series * 1024 + hour of the month, so that a series' hours lie together.
CREATE TABLE hours (id INTEGER PRIMARY KEY, min REAL NOT NULL, max REAL NOT NULL, sum REAL NOT NULL, count INTEGER NOT NULL);
CREATE TABLE minutes (id INTEGER PRIMARY KEY, data BLOB NOT NULL);

-- The newest position written to this file, and when.
CREATE TABLE applied (id INTEGER PRIMARY KEY CHECK (id = 1), position INTEGER NOT NULL, written_at INTEGER NOT NULL);
INSERT INTO applied (id, position, written_at) VALUES (1, 0, 0);
