-- One conversation over all channels: numbers for people, what was merged into another, messages by the provider's name.
ALTER TABLE conversations ADD COLUMN number BIGINT NOT NULL DEFAULT 0;
ALTER TABLE conversations ADD COLUMN merged_into word;
UPDATE conversations SET number = numbered.number
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS number FROM conversations) AS numbered WHERE numbered.id = conversations.id;
UPDATE conversations SET json = convert_to(
    (convert_from(json, 'UTF8')::jsonb || jsonb_build_object('number', number, 'channels', jsonb_build_array(channel)))::text, 'UTF8');
INSERT INTO sequences (name, last) SELECT 'conversation', max(number) FROM conversations HAVING count(*) > 0;
CREATE INDEX conversations_merged ON conversations (merged_into) WHERE merged_into IS NOT NULL;

ALTER TABLE messages ADD COLUMN channel word NOT NULL DEFAULT 'webchat';
ALTER TABLE messages ADD COLUMN external_id word;
UPDATE messages SET channel = conversations.channel FROM conversations WHERE conversations.id = messages.conversation_id;
UPDATE messages SET json = convert_to((convert_from(json, 'UTF8')::jsonb || jsonb_build_object('channel', channel))::text, 'UTF8');
CREATE INDEX messages_external ON messages (channel, external_id) WHERE external_id IS NOT NULL;

-- Words of the company that wait for a provider, in order.
CREATE TABLE outgoing_messages (
    position BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, message_id word NOT NULL UNIQUE, conversation_id word NOT NULL,
    customer_id word NOT NULL, channel word NOT NULL, json BYTEA NOT NULL, tries BIGINT NOT NULL DEFAULT 0,
    next_at BIGINT NOT NULL, state word NOT NULL DEFAULT 'waiting');
CREATE INDEX outgoing_messages_conversation ON outgoing_messages (conversation_id, position);
CREATE INDEX outgoing_messages_next ON outgoing_messages (next_at);
CREATE INDEX outgoing_messages_customer ON outgoing_messages (customer_id);
