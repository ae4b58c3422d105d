-- Lists of any length: the most pressing cases first, how many there are of each queue and status, and documents by name, site and place.
ALTER TABLE cases ADD COLUMN pressing BIGINT GENERATED ALWAYS AS (
    number + 1000000000000 * CASE priority WHEN 'urgent' THEN 3 WHEN 'high' THEN 2 WHEN 'normal' THEN 1 ELSE 0 END) STORED;
CREATE INDEX cases_pressing ON cases (pressing, id) WHERE unresolved = 1;
CREATE INDEX cases_status_pressing ON cases (status, pressing, id);
CREATE INDEX cases_queue ON cases (queue, status);

-- Null: written before this step; the store fills it in when it opens.
ALTER TABLE documents ADD COLUMN search word;
ALTER TABLE documents ADD COLUMN site_id word;
ALTER TABLE documents ADD COLUMN west BIGINT;
ALTER TABLE documents ADD COLUMN south BIGINT;
ALTER TABLE documents ADD COLUMN east BIGINT;
ALTER TABLE documents ADD COLUMN north BIGINT;
CREATE INDEX documents_site ON documents (kind, site_id, id);
CREATE INDEX documents_box ON documents (kind, south, north, west, east);
