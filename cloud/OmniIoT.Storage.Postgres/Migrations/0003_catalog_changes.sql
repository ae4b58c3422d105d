-- Which documents and merges changed, for the other processes. Numbers are given by the row of catalog_count, which a commit holds from
-- giving them to its end: so they rise in the order of the commits.
CREATE TABLE catalog_count (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), last BIGINT NOT NULL) WITH (fillfactor = 10);
INSERT INTO catalog_count (id, last) VALUES (1, 0);
CREATE TABLE catalog_changes (version BIGINT NOT NULL PRIMARY KEY, kind word, id word NOT NULL);

CREATE FUNCTION log_catalog_change(of_kind TEXT, of_id TEXT) RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE number BIGINT;
BEGIN
    UPDATE catalog_count SET last = last + 1 WHERE id = 1 RETURNING last INTO number;
    INSERT INTO catalog_changes (version, kind, id) VALUES (number, of_kind, of_id);
    -- A process that was away for longer has ended.
    DELETE FROM catalog_changes WHERE version BETWEEN 1 AND number - 1000000;
END $$;

CREATE FUNCTION document_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM log_catalog_change(coalesce(NEW.kind, OLD.kind), coalesce(NEW.id, OLD.id));
    RETURN NULL;
END $$;
CREATE TRIGGER document_changed AFTER INSERT OR UPDATE OR DELETE ON documents FOR EACH ROW EXECUTE FUNCTION document_changed();

CREATE FUNCTION merges_changed() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    PERFORM log_catalog_change(NULL, '');
    RETURN NULL;
END $$;
CREATE TRIGGER merges_changed AFTER INSERT OR UPDATE OR DELETE ON merges FOR EACH STATEMENT EXECUTE FUNCTION merges_changed();
