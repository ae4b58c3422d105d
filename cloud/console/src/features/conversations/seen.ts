import type { Conversation, ConversationView } from '@/api/types';
import { createSeen } from '@/lib/seen';

const seen = createSeen<string>('omniiot.seenConversations');

/** A conversation is read as far as its newest message. */
export const markRead = (talk: Pick<ConversationView, 'id' | 'lastMessageAt'>) => seen.mark(talk.id, talk.lastMessageAt);

/** A test for whether something was said in a conversation that this person has not looked at. */
export function useIsUnread(): (talk: Conversation) => boolean {
  const known = seen.useSeen();
  return (talk) => talk.status !== 'closed' && known[talk.id] !== talk.lastMessageAt;
}
