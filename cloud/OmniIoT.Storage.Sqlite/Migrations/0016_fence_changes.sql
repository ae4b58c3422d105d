-- Which fences changed, so that an index of them that is kept in a file can tell what it lacks. Numbers have no gaps; a file that is older
-- than the last 100000 changes is made anew.
CREATE TABLE fence_changes (version INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL);

CREATE TRIGGER fence_created AFTER INSERT ON documents WHEN NEW.kind = 'fence' BEGIN
    INSERT INTO fence_changes (id) VALUES (NEW.id);
    DELETE FROM fence_changes WHERE version <= (SELECT max(version) FROM fence_changes) - 100000;
END;
CREATE TRIGGER fence_replaced AFTER UPDATE OF json ON documents WHEN NEW.kind = 'fence' BEGIN
    INSERT INTO fence_changes (id) VALUES (NEW.id);
    DELETE FROM fence_changes WHERE version <= (SELECT max(version) FROM fence_changes) - 100000;
END;
CREATE TRIGGER fence_removed AFTER DELETE ON documents WHEN OLD.kind = 'fence' BEGIN
    INSERT INTO fence_changes (id) VALUES (OLD.id);
    DELETE FROM fence_changes WHERE version <= (SELECT max(version) FROM fence_changes) - 100000;
END;
