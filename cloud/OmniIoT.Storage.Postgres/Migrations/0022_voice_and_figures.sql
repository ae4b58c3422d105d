-- What customers were asked, and said. at: when they said it.
CREATE TABLE survey_requests (
    id word NOT NULL PRIMARY KEY, token word NOT NULL UNIQUE, customer_id word NOT NULL, channel word NOT NULL, at BIGINT,
    said BIGINT NOT NULL, json BYTEA NOT NULL);
CREATE INDEX survey_requests_customer ON survey_requests (customer_id);
CREATE INDEX survey_requests_said ON survey_requests (at, id) WHERE said = 1;
CREATE INDEX survey_requests_channel ON survey_requests (channel, at, id) WHERE said = 1;

-- The themes of what was said, with what a list of them is read by.
CREATE TABLE survey_mentions (
    theme word NOT NULL, at BIGINT NOT NULL, request_id word NOT NULL, channel word NOT NULL, customer_id word NOT NULL, json BYTEA NOT NULL,
    PRIMARY KEY (theme, at, request_id));
CREATE INDEX survey_mentions_customer ON survey_mentions (customer_id);
CREATE INDEX survey_mentions_channel ON survey_mentions (theme, channel, at, request_id);

-- What is counted, by a dimension and at a level: 0 quarters of an hour, 1 hours, 2 days, 3 sixteen days, by their beginning.
CREATE TABLE figures (
    dimension word NOT NULL, level BIGINT NOT NULL, slot BIGINT NOT NULL, value word NOT NULL, measure word NOT NULL, bin BIGINT NOT NULL,
    times BIGINT NOT NULL, sum BIGINT NOT NULL, PRIMARY KEY (dimension, level, slot, value, measure, bin)) WITH (fillfactor = 50);
