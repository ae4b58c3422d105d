-- Times are epoch milliseconds; json columns hold the record as the domain wrote it, the others exist to be searched by.

-- Text that is compared byte by byte, as everywhere in the program and in every other store, whatever the database's own rules are.
CREATE DOMAIN word AS TEXT COLLATE "C";

-- The version counts the saves: whoever saves compares it with what it decided upon. Room is left in each page, because snapshots are
-- written again and again: a new one that finds room beside the old leaves the indexes alone.
CREATE TABLE grains (
    id word NOT NULL PRIMARY KEY, state BYTEA NOT NULL, facts BYTEA, due_at BIGINT, version BIGINT NOT NULL) WITH (fillfactor = 70);
CREATE INDEX grains_due ON grains (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE letters (id word NOT NULL PRIMARY KEY, json BYTEA NOT NULL);

CREATE TABLE sequences (name word NOT NULL PRIMARY KEY, last BIGINT NOT NULL);

-- Each process stages in a lane of its own, so that nobody waits for another's commit; last is the newest position ever given.
CREATE TABLE lanes (name word NOT NULL PRIMARY KEY, last BIGINT NOT NULL);
CREATE TABLE telemetry_staged (
    lane word NOT NULL, position BIGINT NOT NULL, block BYTEA NOT NULL, PRIMARY KEY (lane, position));

CREATE TABLE devices (
    id word NOT NULL PRIMARY KEY, model word NOT NULL, customer_id word, site_id word, search word NOT NULL, json BYTEA NOT NULL);
CREATE INDEX devices_model ON devices (model, id);
CREATE INDEX devices_customer ON devices (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX devices_site ON devices (site_id, id) WHERE site_id IS NOT NULL;

CREATE TABLE credentials (principal word NOT NULL PRIMARY KEY, secret_hash word NOT NULL, sealed_secret BYTEA);

CREATE TABLE alarms (
    id word NOT NULL PRIMARY KEY, device_id word NOT NULL, state word NOT NULL, severity word NOT NULL, case_id word,
    customer_id word, raised_at BIGINT NOT NULL, json BYTEA NOT NULL);
CREATE INDEX alarms_raised ON alarms (raised_at, id);
CREATE INDEX alarms_state ON alarms (state, raised_at, id);
CREATE INDEX alarms_device ON alarms (device_id, raised_at, id);
CREATE INDEX alarms_case ON alarms (case_id, raised_at, id) WHERE case_id IS NOT NULL;
CREATE INDEX alarms_customer ON alarms (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE commands (
    device_id word NOT NULL, id word NOT NULL, created_at BIGINT NOT NULL, json BYTEA NOT NULL, PRIMARY KEY (device_id, id));
CREATE INDEX commands_created ON commands (device_id, created_at, id);

CREATE TABLE cases (
    id word NOT NULL PRIMARY KEY, number BIGINT NOT NULL, status word NOT NULL, unresolved BIGINT NOT NULL, device_id word,
    customer_id word, assignee word, queue word NOT NULL, priority word NOT NULL, search word NOT NULL, json BYTEA NOT NULL);
CREATE INDEX cases_number ON cases (number, id);
CREATE INDEX cases_status ON cases (status, number, id);
CREATE INDEX cases_unresolved ON cases (number, id) WHERE unresolved = 1;
CREATE INDEX cases_device ON cases (device_id, number, id) WHERE device_id IS NOT NULL;
CREATE INDEX cases_customer ON cases (customer_id, number, id) WHERE customer_id IS NOT NULL;
CREATE INDEX cases_assignee ON cases (assignee, number, id) WHERE assignee IS NOT NULL;

CREATE TABLE timeline (
    id word NOT NULL PRIMARY KEY, customer_id word, at BIGINT NOT NULL, kind word NOT NULL, channel word NOT NULL,
    case_id word, json BYTEA NOT NULL);
CREATE INDEX timeline_at ON timeline (at, id);
CREATE INDEX timeline_customer ON timeline (customer_id, at, id);
CREATE INDEX timeline_case ON timeline (case_id, at, id) WHERE case_id IS NOT NULL;

CREATE TABLE outbox (
    id word NOT NULL PRIMARY KEY, target word NOT NULL, topic word NOT NULL, payload BYTEA NOT NULL, retain BIGINT NOT NULL,
    reference word NOT NULL, created_at BIGINT NOT NULL, expires_at BIGINT, change BYTEA);
CREATE INDEX outbox_target ON outbox (target);

CREATE TABLE dead_letters (id word NOT NULL PRIMARY KEY, at BIGINT NOT NULL, principal word NOT NULL, json BYTEA NOT NULL);
CREATE INDEX dead_letters_at ON dead_letters (at, id);
CREATE INDEX dead_letters_principal ON dead_letters (principal);

CREATE TABLE customers (id word NOT NULL PRIMARY KEY, name word, search word NOT NULL, json BYTEA NOT NULL);

CREATE TABLE identities (
    type word NOT NULL, value word NOT NULL, customer_id word NOT NULL, PRIMARY KEY (type, value, customer_id));
CREATE INDEX identities_customer ON identities (customer_id);

CREATE TABLE visits (
    customer_id word NOT NULL, id word NOT NULL, entered_at BIGINT NOT NULL, exited_at BIGINT, json BYTEA NOT NULL,
    PRIMARY KEY (customer_id, id));
CREATE INDEX visits_entered ON visits (customer_id, entered_at, id);
CREATE INDEX visits_present ON visits (entered_at, id, customer_id) WHERE exited_at IS NULL;

CREATE TABLE offers (
    id word NOT NULL PRIMARY KEY, customer_id word NOT NULL, sent_at BIGINT NOT NULL, state word NOT NULL, json BYTEA NOT NULL);
CREATE INDEX offers_sent ON offers (customer_id, sent_at, id);

CREATE TABLE decisions (id word NOT NULL PRIMARY KEY, customer_id word NOT NULL, at BIGINT NOT NULL, json BYTEA NOT NULL);
CREATE INDEX decisions_at ON decisions (customer_id, at, id);

CREATE TABLE campaign_counts (
    campaign_id word NOT NULL, topic word NOT NULL, name word NOT NULL, count BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, topic, name));

CREATE TABLE conversations (
    id word NOT NULL PRIMARY KEY, customer_id word NOT NULL, status word NOT NULL, queue word NOT NULL,
    last_message_at BIGINT NOT NULL, json BYTEA NOT NULL);
CREATE INDEX conversations_last ON conversations (last_message_at, id);
CREATE INDEX conversations_status ON conversations (status, last_message_at, id);
CREATE INDEX conversations_customer ON conversations (customer_id, last_message_at, id);

CREATE TABLE messages (
    id word NOT NULL PRIMARY KEY, conversation_id word NOT NULL, customer_id word NOT NULL, at BIGINT NOT NULL, json BYTEA NOT NULL);
CREATE INDEX messages_conversation ON messages (conversation_id, at, id);
CREATE INDEX messages_customer ON messages (customer_id);

CREATE TABLE documents (
    kind word NOT NULL, id word NOT NULL, version BIGINT NOT NULL, json BYTEA NOT NULL, PRIMARY KEY (kind, id));

-- Sequence numbers are given by the row of change_count, which a commit holds from giving them to its end: so they rise in the order of
-- the commits, without gaps, and whoever saw one has seen all before it.
CREATE TABLE changes (
    sequence BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL, kind word NOT NULL, customer_id word,
    device_id word, json BYTEA NOT NULL);
CREATE TABLE change_count (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), last BIGINT NOT NULL) WITH (fillfactor = 10);
INSERT INTO change_count (id, last) VALUES (1, 0);
CREATE INDEX changes_customer ON changes (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE sessions (
    client_id word NOT NULL PRIMARY KEY, principal word, protocol_version BIGINT NOT NULL, expiry_ticks BIGINT NOT NULL,
    disconnected_at BIGINT);
CREATE INDEX sessions_principal ON sessions (principal) WHERE principal IS NOT NULL;

CREATE TABLE subscriptions (
    client_id word NOT NULL, filter word NOT NULL, options BIGINT NOT NULL, identifier BIGINT NOT NULL,
    PRIMARY KEY (client_id, filter));

CREATE TABLE session_messages (
    client_id word NOT NULL, message_order BIGINT NOT NULL, topic word NOT NULL, payload BYTEA NOT NULL, qos BIGINT NOT NULL,
    retain BIGINT NOT NULL, properties BYTEA NOT NULL, expires_at BIGINT, packet_identifier BIGINT NOT NULL,
    state BIGINT NOT NULL, reference word, PRIMARY KEY (client_id, message_order));

CREATE TABLE received (
    client_id word NOT NULL, packet_identifier BIGINT NOT NULL, PRIMARY KEY (client_id, packet_identifier));

CREATE TABLE retained (
    topic word NOT NULL PRIMARY KEY, payload BYTEA NOT NULL, qos BIGINT NOT NULL, properties BYTEA NOT NULL,
    stored_at BIGINT NOT NULL, expires_at BIGINT);

CREATE TABLE probe (id BIGINT NOT NULL PRIMARY KEY, at BIGINT NOT NULL);

CREATE TABLE registrations (
    id word NOT NULL PRIMARY KEY, enrollment_id word NOT NULL, at BIGINT NOT NULL, refused BIGINT NOT NULL, json BYTEA NOT NULL);
CREATE INDEX registrations_at ON registrations (enrollment_id, at, id);
CREATE INDEX registrations_refused ON registrations (enrollment_id, id) WHERE refused = 1;

CREATE TABLE registration_counts (
    enrollment_id word NOT NULL PRIMARY KEY, registered BIGINT NOT NULL, refused BIGINT NOT NULL, last_used_at BIGINT);

CREATE TABLE claim_codes (device_id word NOT NULL PRIMARY KEY, code_hash word NOT NULL);
CREATE INDEX claim_codes_hash ON claim_codes (code_hash);

CREATE TABLE certificates (thumbprint word NOT NULL PRIMARY KEY, principal word NOT NULL);
CREATE INDEX certificates_principal ON certificates (principal, thumbprint);

-- Customers who were found to be another: into_id as merged, survivor_id where that leads to in the end.

CREATE TABLE merges (id word NOT NULL PRIMARY KEY, into_id word NOT NULL, survivor_id word NOT NULL, json BYTEA NOT NULL);
CREATE INDEX merges_into ON merges (into_id);
CREATE INDEX merges_survivor ON merges (survivor_id, id);

-- The will of a session that is kept: pending over a restart.
CREATE TABLE wills (
    client_id word NOT NULL PRIMARY KEY, topic word NOT NULL, payload BYTEA NOT NULL, qos BIGINT NOT NULL, retain BIGINT NOT NULL,
    properties BYTEA NOT NULL, due_at BIGINT);

CREATE TABLE device_messages (
    device_id word NOT NULL, id word NOT NULL, created_at BIGINT NOT NULL, json BYTEA NOT NULL, PRIMARY KEY (device_id, id));
CREATE INDEX device_messages_created ON device_messages (device_id, created_at, id);

-- Ends a transaction that did not save all it wanted to: other versions are stored than its decisions rested on.
CREATE FUNCTION require_saved(saved BIGINT, wanted BIGINT) RETURNS VOID LANGUAGE plpgsql AS $$
BEGIN
    IF saved <> wanted THEN
        RAISE EXCEPTION 'Other snapshots are stored.' USING ERRCODE = 'OM002';
    END IF;
END $$;
