-- Breached work first, then what is due next.
ALTER TABLE cases ADD COLUMN attention BIGINT NOT NULL DEFAULT 2000000000000000;
CREATE INDEX cases_attention ON cases (attention, id) WHERE unresolved = 1;
ALTER TABLE conversations ADD COLUMN attention BIGINT NOT NULL DEFAULT 2000000000000000;
CREATE INDEX conversations_attention ON conversations (attention, id) WHERE status <> 'closed';

-- What is not done: since when it waits for an agent, since when its agent was not heard, when a promise is to be looked at.
CREATE TABLE work (
    kind word NOT NULL, id word NOT NULL, customer_id word, queue word NOT NULL, channel word, assignee word, active BIGINT NOT NULL,
    waiting_since BIGINT, offered_at BIGINT, alert_at BIGINT, json BYTEA NOT NULL, PRIMARY KEY (kind, id));
CREATE INDEX work_waiting ON work (queue, waiting_since, channel) WHERE waiting_since IS NOT NULL;
CREATE INDEX work_offered ON work (offered_at) WHERE offered_at IS NOT NULL;
CREATE INDEX work_alert ON work (alert_at) WHERE alert_at IS NOT NULL;
CREATE INDEX work_assignee ON work (assignee, channel) WHERE assignee IS NOT NULL AND active = 1;
CREATE INDEX work_customer ON work (customer_id) WHERE customer_id IS NOT NULL;

-- What there is is looked at as soon as possible, and then written as it is.
INSERT INTO work (kind, id, customer_id, queue, channel, assignee, active, alert_at, json)
SELECT 'case', id, customer_id, queue, NULL, assignee, CASE status WHEN 'open' THEN 1 ELSE 0 END, 0, convert_to(json_build_object(
    'kind', 'case', 'id', id, 'queue', queue,
    'owner', CASE WHEN device_id IS NOT NULL THEN 'device:' || device_id ELSE 'customer:' || coalesce(customer_id, id) END)::text, 'UTF8')
FROM cases WHERE unresolved = 1;
INSERT INTO work (kind, id, customer_id, queue, channel, assignee, active, alert_at, json)
SELECT 'conversation', id, customer_id, queue, channel, assignee, 1, 0, convert_to(json_build_object(
    'kind', 'conversation', 'id', id, 'queue', queue, 'owner', 'customer:' || customer_id)::text, 'UTF8')
FROM conversations WHERE status = 'open';
