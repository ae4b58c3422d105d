-- Readings, packed. Times are epoch milliseconds of device time. What belongs to a UTC month is a partition, which goes as a whole.

CREATE TABLE telemetry_series (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, device TEXT COLLATE "C" NOT NULL, metric TEXT COLLATE "C" NOT NULL,
    newest BIGINT, small_chunks BIGINT NOT NULL DEFAULT 0, UNIQUE (device, metric)) WITH (fillfactor = 70);

-- Packed readings, ordered by time and seq; chunks of a series do not overlap in time, and none reaches over the end of a month.
CREATE TABLE telemetry_chunks (
    series BIGINT NOT NULL, first_at BIGINT NOT NULL, last_at BIGINT NOT NULL, data BYTEA NOT NULL,
    PRIMARY KEY (series, first_at)) PARTITION BY RANGE (first_at);
-- They are packed already.
ALTER TABLE telemetry_chunks ALTER COLUMN data SET STORAGE EXTERNAL;

-- Roll-ups, by the first moment of their hour.
CREATE TABLE telemetry_minutes (
    series BIGINT NOT NULL, hour BIGINT NOT NULL, data BYTEA NOT NULL, PRIMARY KEY (series, hour)) PARTITION BY RANGE (hour);
CREATE TABLE telemetry_hours (
    series BIGINT NOT NULL, hour BIGINT NOT NULL, min DOUBLE PRECISION NOT NULL, max DOUBLE PRECISION NOT NULL,
    sum DOUBLE PRECISION NOT NULL, count BIGINT NOT NULL, PRIMARY KEY (series, hour)) PARTITION BY RANGE (hour);

-- The months that have partitions, and when each was last written to, to the hour.
CREATE TABLE telemetry_months (start_at BIGINT NOT NULL PRIMARY KEY, written_at BIGINT NOT NULL);

-- The newest position of each lane of staged telemetry that is applied whole.
CREATE TABLE telemetry_applied (lane TEXT COLLATE "C" NOT NULL PRIMARY KEY, position BIGINT NOT NULL) WITH (fillfactor = 10);
