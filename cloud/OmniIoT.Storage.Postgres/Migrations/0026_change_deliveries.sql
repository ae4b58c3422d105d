-- Changes on their way to other systems: one for each system that wants it, written with the change. lane: within which they keep their
-- order. next_at: when it is tried; of those behind another null, so that who looks for what is due finds no others. since: from when on
-- it is tried.
CREATE TABLE change_deliveries (
    id word NOT NULL PRIMARY KEY, system word NOT NULL, lane word NOT NULL, sequence BIGINT NOT NULL, at BIGINT NOT NULL, kind word NOT NULL,
    customer_id word, device_id word, json BYTEA NOT NULL, state word NOT NULL, attempts BIGINT NOT NULL, status_code BIGINT, error TEXT,
    tried_at BIGINT, next_at BIGINT, since BIGINT NOT NULL);
CREATE INDEX change_deliveries_system ON change_deliveries (system, sequence, id);
CREATE INDEX change_deliveries_lane ON change_deliveries (system, lane, sequence) WHERE state = 'waiting';
CREATE INDEX change_deliveries_due ON change_deliveries (system, next_at, sequence) WHERE state = 'waiting';
CREATE INDEX change_deliveries_ended ON change_deliveries (tried_at) WHERE state <> 'waiting';
CREATE INDEX change_deliveries_customer ON change_deliveries (customer_id);

-- Which systems want which changes: a kind, or the beginning of one with a star behind it.
CREATE TABLE change_listeners (system word NOT NULL, pattern word NOT NULL, PRIMARY KEY (system, pattern));

CREATE FUNCTION changes_logged() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO change_deliveries (id, system, lane, sequence, at, kind, customer_id, device_id, json, state, attempts, next_at, since)
    SELECT replace(gen_random_uuid()::text, '-', ''), wanted.system, wanted.lane, wanted.sequence, wanted.at, wanted.kind,
        wanted.customer_id, wanted.device_id, wanted.json, 'waiting', 0,
        CASE WHEN row_number() OVER (PARTITION BY wanted.system, wanted.lane ORDER BY wanted.sequence) = 1
            AND NOT EXISTS (SELECT 1 FROM change_deliveries w WHERE w.system = wanted.system AND w.lane = wanted.lane
                AND w.state = 'waiting') THEN wanted.at END,
        wanted.at
    FROM (SELECT c.*, listening.system, coalesce(c.customer_id, 'device:' || c.device_id, '') AS lane
        FROM added c CROSS JOIN LATERAL (
            SELECT DISTINCT l.system FROM change_listeners l WHERE c.kind LIKE replace(l.pattern, '*', '%')) listening) wanted;
    RETURN NULL;
END $$;
CREATE TRIGGER changes_logged AFTER INSERT ON changes REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION changes_logged();

CREATE FUNCTION system_deleted() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM change_listeners WHERE system = OLD.kind || ':' || OLD.id;
    DELETE FROM change_deliveries WHERE system = OLD.kind || ':' || OLD.id;
    DELETE FROM documents WHERE OLD.kind = 'integration' AND kind = 'ticket' AND starts_with(id, OLD.id || '/');
    RETURN NULL;
END $$;
CREATE TRIGGER system_deleted AFTER DELETE ON documents FOR EACH ROW WHEN (OLD.kind IN ('webhook', 'integration')) EXECUTE FUNCTION system_deleted();
