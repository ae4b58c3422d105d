import type { ConversationMessage } from '@/api/types';

type Listener = (message: ConversationMessage) => void;

const listeners = new Set<Listener>();

/** Messages as the stream tells of them, new or changed, for what is no query. */
export function subscribeToMessages(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export const publishMessage = (message: ConversationMessage) => listeners.forEach((listener) => listener(message));
