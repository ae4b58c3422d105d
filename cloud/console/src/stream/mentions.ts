import type { ConversationMessage } from '@/api/types';
import type { ServerEvent } from './sse';

/** Notes of others that name an agent. */
export function mentionsOf(events: ServerEvent[], agentId: string): ConversationMessage[] {
  return events
    .filter(({ kind }) => kind === 'message')
    .map(({ data }) => JSON.parse(data) as ConversationMessage)
    .filter(({ mentions, author }) => author !== `agent:${agentId}` && mentions?.includes(agentId));
}
