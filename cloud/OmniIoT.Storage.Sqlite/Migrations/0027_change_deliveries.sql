-- Changes on their way to other systems: one for each system that wants it, written with the change. lane: within which they keep their
-- order. next_at: when it is tried; of those behind another null, so that who looks for what is due finds no others. since: from when on
-- it is tried.
CREATE TABLE change_deliveries (
    id TEXT NOT NULL PRIMARY KEY, system TEXT NOT NULL, lane TEXT NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL,
    customer_id TEXT, device_id TEXT, json BLOB NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL, status_code INTEGER, error TEXT,
    tried_at INTEGER, next_at INTEGER, since INTEGER NOT NULL);
CREATE INDEX change_deliveries_system ON change_deliveries (system, sequence, id);
CREATE INDEX change_deliveries_lane ON change_deliveries (system, lane, sequence) WHERE state = 'waiting';
CREATE INDEX change_deliveries_due ON change_deliveries (system, next_at, sequence) WHERE state = 'waiting';
CREATE INDEX change_deliveries_ended ON change_deliveries (tried_at) WHERE state <> 'waiting';
CREATE INDEX change_deliveries_customer ON change_deliveries (customer_id);

-- Which systems want which changes: a kind, or the beginning of one with a star behind it.
CREATE TABLE change_listeners (system TEXT NOT NULL, pattern TEXT NOT NULL, PRIMARY KEY (system, pattern)) WITHOUT ROWID;

CREATE TRIGGER change_logged AFTER INSERT ON changes WHEN EXISTS (SELECT 1 FROM change_listeners) BEGIN
    INSERT INTO change_deliveries (id, system, lane, sequence, at, kind, customer_id, device_id, json, state, attempts, next_at, since)
    SELECT lower(hex(randomblob(16))), listening.system, coalesce(NEW.customer_id, 'device:' || NEW.device_id, ''), NEW.sequence, NEW.at,
        NEW.kind, NEW.customer_id, NEW.device_id, NEW.json, 'waiting', 0,
        CASE WHEN NOT EXISTS (SELECT 1 FROM change_deliveries w WHERE w.system = listening.system
            AND w.lane = coalesce(NEW.customer_id, 'device:' || NEW.device_id, '') AND w.state = 'waiting') THEN NEW.at END,
        NEW.at
    FROM (SELECT DISTINCT system FROM change_listeners WHERE NEW.kind GLOB pattern) listening;
END;

CREATE TRIGGER system_deleted AFTER DELETE ON documents WHEN OLD.kind IN ('webhook', 'integration') BEGIN
    DELETE FROM change_listeners WHERE system = OLD.kind || ':' || OLD.id;
    DELETE FROM change_deliveries WHERE system = OLD.kind || ':' || OLD.id;
    -- Ids of tickets begin with the integration's and a slash, behind which comes the zero.
    DELETE FROM documents WHERE OLD.kind = 'integration' AND kind = 'ticket' AND id > OLD.id || '/' AND id < OLD.id || '0';
END;
