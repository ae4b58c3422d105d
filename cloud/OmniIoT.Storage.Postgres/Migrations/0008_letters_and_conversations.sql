-- Letters say what they are about; all that were written so far are about tags.
UPDATE letters SET json = convert_to(replace(convert_from(json, 'UTF8'), '"content":{', '"content":{"about":"tagSighted",'), 'UTF8');

ALTER TABLE conversations ADD COLUMN channel word;
ALTER TABLE conversations ADD COLUMN assignee word;
UPDATE conversations SET channel = convert_from(json, 'UTF8')::json ->> 'channel', assignee = convert_from(json, 'UTF8')::json ->> 'assignee';
CREATE INDEX conversations_channel ON conversations (channel, last_message_at, id);
CREATE INDEX conversations_assignee ON conversations (assignee, last_message_at, id);
