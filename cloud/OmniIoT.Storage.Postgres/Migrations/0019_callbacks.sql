-- Promises to call customers back.
CREATE TABLE callbacks (
    id word PRIMARY KEY, customer_id word NOT NULL, queue word NOT NULL, status word NOT NULL, requested_at BIGINT NOT NULL,
    json BYTEA NOT NULL);
CREATE INDEX callbacks_requested ON callbacks (requested_at, id);
CREATE INDEX callbacks_status ON callbacks (status, requested_at, id);
CREATE INDEX callbacks_customer ON callbacks (customer_id);
