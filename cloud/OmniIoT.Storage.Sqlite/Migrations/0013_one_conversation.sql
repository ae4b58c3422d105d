-- One conversation over all channels: numbers for people, what was merged into another, messages by the provider's name.
ALTER TABLE conversations ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN merged_into TEXT;
UPDATE conversations SET number = numbered.number
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM conversations) AS numbered WHERE numbered.id = conversations.id;
UPDATE conversations SET json = CAST(json_set(CAST(json AS TEXT), '$.number', number, '$.channels', json_array(channel)) AS BLOB);
INSERT INTO sequences (name, last) SELECT 'conversation', max(number) FROM conversations HAVING count(*) > 0;
CREATE INDEX conversations_merged ON conversations (merged_into) WHERE merged_into IS NOT NULL;

ALTER TABLE messages ADD COLUMN channel TEXT NOT NULL DEFAULT 'webchat';
ALTER TABLE messages ADD COLUMN external_id TEXT;
UPDATE messages SET channel = coalesce((SELECT channel FROM conversations WHERE conversations.id = messages.conversation_id), channel);
UPDATE messages SET json = CAST(json_set(CAST(json AS TEXT), '$.channel', channel) AS BLOB);
CREATE INDEX messages_external ON messages (channel, external_id) WHERE external_id IS NOT NULL;

-- Words of the company that wait for a provider, in order.
CREATE TABLE outgoing_messages (
    position INTEGER PRIMARY KEY AUTOINCREMENT, message_id TEXT NOT NULL UNIQUE, conversation_id TEXT NOT NULL,
    customer_id TEXT NOT NULL, channel TEXT NOT NULL, json BLOB NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'waiting');
CREATE INDEX outgoing_messages_conversation ON outgoing_messages (conversation_id, position);
CREATE INDEX outgoing_messages_next ON outgoing_messages (next_at);
CREATE INDEX outgoing_messages_customer ON outgoing_messages (customer_id);
