-- Words of what is searched stand in the columns called search, folded, each between blanks, and are found by their groups of three letters.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Null: written by an earlier version of the program, or folded by one; filled in when the store opens.
ALTER TABLE timeline ADD COLUMN search word;
ALTER TABLE devices ALTER COLUMN search DROP NOT NULL;
ALTER TABLE customers ALTER COLUMN search DROP NOT NULL;
ALTER TABLE cases ALTER COLUMN search DROP NOT NULL;
-- What a document is searched by is no change of it that other processes have to hear of.
DROP TRIGGER document_changed ON documents;
CREATE TRIGGER document_changed AFTER INSERT OR UPDATE OF json OR DELETE ON documents FOR EACH ROW EXECUTE FUNCTION document_changed();
UPDATE devices SET search = NULL;
UPDATE customers SET search = NULL;
UPDATE cases SET search = NULL;
UPDATE documents SET search = NULL;

CREATE INDEX devices_words ON devices USING gin (search gin_trgm_ops);
CREATE INDEX customers_words ON customers USING gin (search gin_trgm_ops);
CREATE INDEX cases_words ON cases USING gin (search gin_trgm_ops);
CREATE INDEX timeline_words ON timeline USING gin (search gin_trgm_ops);
CREATE INDEX timeline_unsearched ON timeline (id) WHERE search IS NULL;

-- Conversations are asked for by their numbers.
CREATE INDEX conversations_number ON conversations (number);

-- By which version of folding everything was written.
CREATE TABLE search_state (id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), version BIGINT NOT NULL);
