-- Whose device it was when it was asked or told something: their erasure reaches it. What was stored before counts as its present owner's.
ALTER TABLE commands ADD COLUMN customer_id TEXT;
UPDATE commands SET customer_id = (SELECT customer_id FROM devices WHERE devices.id = commands.device_id);
CREATE INDEX commands_customer ON commands (customer_id) WHERE customer_id IS NOT NULL;
ALTER TABLE device_messages ADD COLUMN customer_id TEXT;
UPDATE device_messages SET customer_id = (SELECT customer_id FROM devices WHERE devices.id = device_messages.device_id);
CREATE INDEX device_messages_customer ON device_messages (customer_id) WHERE customer_id IS NOT NULL;

-- A merge was told by the other's name; it stayed with the survivor when the merge was undone.
UPDATE timeline SET json = CAST(json_set(CAST(json AS TEXT), '$.title', json_extract(CAST(json AS TEXT), '$.data.from') || ' is the same person') AS BLOB)
WHERE kind = 'identity.merged' AND json_extract(CAST(json AS TEXT), '$.data.from') IS NOT NULL;
