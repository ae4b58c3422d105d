-- Promises to call customers back.
CREATE TABLE callbacks (
    id TEXT PRIMARY KEY, customer_id TEXT NOT NULL, queue TEXT NOT NULL, status TEXT NOT NULL, requested_at INTEGER NOT NULL,
    json BLOB NOT NULL);
CREATE INDEX callbacks_requested ON callbacks (requested_at, id);
CREATE INDEX callbacks_status ON callbacks (status, requested_at, id);
CREATE INDEX callbacks_customer ON callbacks (customer_id);
