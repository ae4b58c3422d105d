CREATE TABLE device_messages (
    device_id TEXT NOT NULL, id TEXT NOT NULL, created_at INTEGER NOT NULL, json BLOB NOT NULL, PRIMARY KEY (device_id, id));
CREATE INDEX device_messages_created ON device_messages (device_id, created_at, id);

ALTER TABLE credentials ADD COLUMN sealed_secret BLOB;

ALTER TABLE outbox ADD COLUMN change BLOB;
