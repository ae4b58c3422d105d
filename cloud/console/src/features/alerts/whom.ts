import type { Conversation, ConversationMessage } from '@/api/types';

/** Whether a message is news to somebody: a customer's, in a conversation that is theirs, of after they came. */
export const isNews = (message: ConversationMessage, talk: Pick<Conversation, 'assignee'> | undefined, me: string, sinceMs: number) =>
  message.direction === 'in' && talk?.assignee === me && Date.parse(message.at) >= sinceMs;
