import type { ConversationListFilter } from '@/api/lists';
import type { Conversation, ConversationStatus } from '@/api/types';
import { unassigned } from '../cases/search';
import { byAttention } from '../cases/sla';

export const statuses = ['open', 'snoozed', 'closed'] as const satisfies readonly ConversationStatus[];

/** The page's filters and the chosen conversation as they stand in the URL; what is missing does not filter. */
export interface ConversationSearch {
  id?: string;
  status?: ConversationStatus;
  assignee?: string;
  queue?: string;
  channel?: string;
  q?: string;
}

export function readConversationSearch(raw: Record<string, unknown>): ConversationSearch {
  const text = (key: string) => (typeof raw[key] === 'string' && raw[key] ? (raw[key] as string) : undefined);
  return {
    id: text('id'),
    status: statuses.find((status) => status === raw.status),
    assignee: text('assignee'),
    queue: text('queue'),
    channel: text('channel'),
    q: text('q'),
  };
}

/** Whether a conversation is on a list, as far as it tells itself: what a search text finds only the server knows. */
export const isOnList = (item: Conversation, { status, assignee, queue, channel }: ConversationListFilter): boolean =>
  item.status === status && (!assignee || (item.assignee ?? unassigned) === assignee) && (!queue || item.queue === queue) && (!channel || item.channel === channel);

const byLastMessage = (a: Conversation, b: Conversation) =>
  Date.parse(b.lastMessageAt ?? b.openedAt) - Date.parse(a.lastMessageAt ?? a.openedAt);

/** The order of a list, as the server has it. */
export const orderOf = ({ sort }: Pick<ConversationListFilter, 'sort'>) => (sort === 'breached' ? byAttention<Conversation> : byLastMessage);
