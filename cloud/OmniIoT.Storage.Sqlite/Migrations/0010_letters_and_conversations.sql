-- Letters say what they are about; all that were written so far are about tags.
UPDATE letters SET json = CAST(replace(CAST(json AS TEXT), '"content":{', '"content":{"about":"tagSighted",') AS BLOB);

ALTER TABLE conversations ADD COLUMN channel TEXT;
ALTER TABLE conversations ADD COLUMN assignee TEXT;
UPDATE conversations SET channel = json_extract(CAST(json AS TEXT), '$.channel'), assignee = json_extract(CAST(json AS TEXT), '$.assignee');
CREATE INDEX conversations_channel ON conversations (channel, last_message_at, id);
CREATE INDEX conversations_assignee ON conversations (assignee, last_message_at, id);
