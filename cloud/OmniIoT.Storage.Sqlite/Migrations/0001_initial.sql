-- Times are epoch milliseconds; json columns hold the record as the domain wrote it, the others exist to be searched by.

CREATE TABLE grains (id TEXT NOT NULL PRIMARY KEY, state BLOB NOT NULL, due_at INTEGER);
CREATE INDEX grains_due ON grains (due_at) WHERE due_at IS NOT NULL;

CREATE TABLE letters (id TEXT NOT NULL PRIMARY KEY, json BLOB NOT NULL);

CREATE TABLE sequences (name TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL);

CREATE TABLE telemetry_staged (position INTEGER PRIMARY KEY AUTOINCREMENT, block BLOB NOT NULL);

CREATE TABLE devices (
    id TEXT NOT NULL PRIMARY KEY, model TEXT NOT NULL, customer_id TEXT, site_id TEXT, search TEXT NOT NULL, json BLOB NOT NULL);
CREATE INDEX devices_model ON devices (model, id);
CREATE INDEX devices_customer ON devices (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX devices_site ON devices (site_id, id) WHERE site_id IS NOT NULL;

CREATE TABLE credentials (principal TEXT NOT NULL PRIMARY KEY, secret_hash TEXT NOT NULL);

CREATE TABLE alarms (
    id TEXT NOT NULL PRIMARY KEY, device_id TEXT NOT NULL, state TEXT NOT NULL, severity TEXT NOT NULL, case_id TEXT,
    customer_id TEXT, raised_at INTEGER NOT NULL, json BLOB NOT NULL);
CREATE INDEX alarms_raised ON alarms (raised_at, id);
CREATE INDEX alarms_state ON alarms (state, raised_at, id);
CREATE INDEX alarms_device ON alarms (device_id, raised_at, id);
CREATE INDEX alarms_case ON alarms (case_id, raised_at, id) WHERE case_id IS NOT NULL;
CREATE INDEX alarms_customer ON alarms (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE commands (
    device_id TEXT NOT NULL, id TEXT NOT NULL, created_at INTEGER NOT NULL, json BLOB NOT NULL, PRIMARY KEY (device_id, id));
CREATE INDEX commands_created ON commands (device_id, created_at, id);

CREATE TABLE cases (
    id TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL, status TEXT NOT NULL, unresolved INTEGER NOT NULL, device_id TEXT,
    customer_id TEXT, assignee TEXT, queue TEXT NOT NULL, priority TEXT NOT NULL, search TEXT NOT NULL, json BLOB NOT NULL);
CREATE INDEX cases_number ON cases (number, id);
CREATE INDEX cases_status ON cases (status, number, id);
CREATE INDEX cases_unresolved ON cases (number, id) WHERE unresolved = 1;
CREATE INDEX cases_device ON cases (device_id, number, id) WHERE device_id IS NOT NULL;
CREATE INDEX cases_customer ON cases (customer_id, number, id) WHERE customer_id IS NOT NULL;
CREATE INDEX cases_assignee ON cases (assignee, number, id) WHERE assignee IS NOT NULL;

CREATE TABLE timeline (
    id TEXT NOT NULL PRIMARY KEY, customer_id TEXT, at INTEGER NOT NULL, kind TEXT NOT NULL, channel TEXT NOT NULL,
    case_id TEXT, json BLOB NOT NULL);
CREATE INDEX timeline_at ON timeline (at, id);
CREATE INDEX timeline_customer ON timeline (customer_id, at, id);
CREATE INDEX timeline_case ON timeline (case_id, at, id) WHERE case_id IS NOT NULL;

CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY, target TEXT NOT NULL, topic TEXT NOT NULL, payload BLOB NOT NULL, retain INTEGER NOT NULL,
    reference TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER);
CREATE INDEX outbox_target ON outbox (target);

CREATE TABLE dead_letters (id TEXT NOT NULL PRIMARY KEY, at INTEGER NOT NULL, principal TEXT NOT NULL, json BLOB NOT NULL);
CREATE INDEX dead_letters_at ON dead_letters (at, id);
CREATE INDEX dead_letters_principal ON dead_letters (principal);

CREATE TABLE customers (id TEXT NOT NULL PRIMARY KEY, name TEXT, search TEXT NOT NULL, json BLOB NOT NULL);

CREATE TABLE identities (
    type TEXT NOT NULL, value TEXT NOT NULL, customer_id TEXT NOT NULL, PRIMARY KEY (type, value, customer_id));
CREATE INDEX identities_customer ON identities (customer_id);

CREATE TABLE visits (
    customer_id TEXT NOT NULL, id TEXT NOT NULL, entered_at INTEGER NOT NULL, exited_at INTEGER, json BLOB NOT NULL,
    PRIMARY KEY (customer_id, id));
CREATE INDEX visits_entered ON visits (customer_id, entered_at, id);
CREATE INDEX visits_present ON visits (entered_at, id, customer_id) WHERE exited_at IS NULL;

CREATE TABLE offers (
    id TEXT NOT NULL PRIMARY KEY, customer_id TEXT NOT NULL, sent_at INTEGER NOT NULL, state TEXT NOT NULL, json BLOB NOT NULL);
CREATE INDEX offers_sent ON offers (customer_id, sent_at, id);

CREATE TABLE decisions (id TEXT NOT NULL PRIMARY KEY, customer_id TEXT NOT NULL, at INTEGER NOT NULL, json BLOB NOT NULL);
CREATE INDEX decisions_at ON decisions (customer_id, at, id);

CREATE TABLE campaign_counts (
    campaign_id TEXT NOT NULL, topic TEXT NOT NULL, name TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, topic, name));

CREATE TABLE conversations (
    id TEXT NOT NULL PRIMARY KEY, customer_id TEXT NOT NULL, status TEXT NOT NULL, queue TEXT NOT NULL,
    last_message_at INTEGER NOT NULL, json BLOB NOT NULL);
CREATE INDEX conversations_last ON conversations (last_message_at, id);
CREATE INDEX conversations_status ON conversations (status, last_message_at, id);
CREATE INDEX conversations_customer ON conversations (customer_id, last_message_at, id);

CREATE TABLE messages (
    id TEXT NOT NULL PRIMARY KEY, conversation_id TEXT NOT NULL, customer_id TEXT NOT NULL, at INTEGER NOT NULL, json BLOB NOT NULL);
CREATE INDEX messages_conversation ON messages (conversation_id, at, id);
CREATE INDEX messages_customer ON messages (customer_id);

CREATE TABLE documents (
    kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, json BLOB NOT NULL, PRIMARY KEY (kind, id));

CREATE TABLE changes (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL, customer_id TEXT, device_id TEXT,
    json BLOB NOT NULL);
CREATE INDEX changes_customer ON changes (customer_id) WHERE customer_id IS NOT NULL;

CREATE TABLE sessions (
    client_id TEXT NOT NULL PRIMARY KEY, principal TEXT, protocol_version INTEGER NOT NULL, expiry_ticks INTEGER NOT NULL,
    disconnected_at INTEGER);
CREATE INDEX sessions_principal ON sessions (principal) WHERE principal IS NOT NULL;

CREATE TABLE subscriptions (
    client_id TEXT NOT NULL, filter TEXT NOT NULL, options INTEGER NOT NULL, identifier INTEGER NOT NULL,
    PRIMARY KEY (client_id, filter));

CREATE TABLE session_messages (
    client_id TEXT NOT NULL, message_order INTEGER NOT NULL, topic TEXT NOT NULL, payload BLOB NOT NULL, qos INTEGER NOT NULL,
    retain INTEGER NOT NULL, properties BLOB NOT NULL, expires_at INTEGER, packet_identifier INTEGER NOT NULL,
    state INTEGER NOT NULL, reference TEXT, PRIMARY KEY (client_id, message_order));

CREATE TABLE received (
    client_id TEXT NOT NULL, packet_identifier INTEGER NOT NULL, PRIMARY KEY (client_id, packet_identifier));

CREATE TABLE retained (
    topic TEXT NOT NULL PRIMARY KEY, payload BLOB NOT NULL, qos INTEGER NOT NULL, properties BLOB NOT NULL,
    stored_at INTEGER NOT NULL, expires_at INTEGER);

CREATE TABLE probe (id INTEGER NOT NULL PRIMARY KEY, at INTEGER NOT NULL);
