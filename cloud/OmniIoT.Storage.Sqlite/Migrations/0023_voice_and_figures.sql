-- What customers were asked, and said. at: when they said it.
CREATE TABLE survey_requests (
    id TEXT NOT NULL PRIMARY KEY, token TEXT NOT NULL UNIQUE, customer_id TEXT NOT NULL, channel TEXT NOT NULL, at INTEGER,
    said INTEGER NOT NULL, json BLOB NOT NULL);
CREATE INDEX survey_requests_customer ON survey_requests (customer_id);
CREATE INDEX survey_requests_said ON survey_requests (at, id) WHERE said = 1;
CREATE INDEX survey_requests_channel ON survey_requests (channel, at, id) WHERE said = 1;

-- The themes of what was said, with what a list of them is read by.
CREATE TABLE survey_mentions (
    theme TEXT NOT NULL, at INTEGER NOT NULL, request_id TEXT NOT NULL, channel TEXT NOT NULL, customer_id TEXT NOT NULL, json BLOB NOT NULL,
    PRIMARY KEY (theme, at, request_id));
CREATE INDEX survey_mentions_customer ON survey_mentions (customer_id);
CREATE INDEX survey_mentions_channel ON survey_mentions (theme, channel, at, request_id);

-- What is counted, by a dimension and at a level: 0 quarters of an hour, 1 hours, 2 days, 3 sixteen days, by their beginning.
CREATE TABLE figures (
    dimension TEXT NOT NULL, level INTEGER NOT NULL, slot INTEGER NOT NULL, value TEXT NOT NULL, measure TEXT NOT NULL, bin INTEGER NOT NULL,
    times INTEGER NOT NULL, sum INTEGER NOT NULL, PRIMARY KEY (dimension, level, slot, value, measure, bin)) WITHOUT ROWID;
