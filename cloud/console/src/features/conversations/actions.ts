import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError, path, send, type Versioned } from '@/api/client';
import type { Conversation, ConversationStatus, ConversationView } from '@/api/types';
import { useI18n } from '@/i18n';
import { mergeConversation } from '@/stream/merge';
import { explain } from '@/ui/states';

/** What is missing stays; an empty text takes away. */
export interface ConversationChange {
  status?: ConversationStatus;
  assignee?: string;
  queue?: string;
  subject?: string;
  caseId?: string;
  tags?: string[];
  snoozedUntil?: string;
}

export const changeConversation = (id: string, body: ConversationChange, ifMatch: string | null) =>
  send<Conversation>(path`/conversations/${id}`, { method: 'PATCH', body, ifMatch });

/** Puts what the server answered to a change where the page shows it. */
export function useShowChanged(id: string) {
  const client = useQueryClient();
  return ({ value, etag }: Versioned<Conversation>) =>
    client.setQueryData<Versioned<ConversationView>>(
      ['conversation', id],
      (known) => known && { value: mergeConversation(known.value, value), etag },
    );
}

const isStale = (error: unknown) => error instanceof ApiError && error.status === 412;

/** What a person who changes a conversation has seen of it. */
const seenOf = ({ status, assignee, queue, subject, caseId, tags, messages }: ConversationView) =>
  JSON.stringify([status, assignee, queue, subject, caseId, tags, messages.at(-1)?.id]);

/** Changes a conversation at once, under the version that is shown: nobody closes over words that they have not seen. */
export function useChange(id: string) {
  const client = useQueryClient();
  const i18n = useI18n();
  const show = useShowChanged(id);
  const key = ['conversation', id];
  return useMutation({
    mutationFn: async (body: ConversationChange) => {
      const shown = client.getQueryData<Versioned<ConversationView>>(key);
      try {
        return await changeConversation(id, body, shown?.etag ?? null);
      } catch (error) {
        if (!isStale(error) || !shown) throw error;
        const stored = await send<ConversationView>(path`/conversations/${id}`);
        client.setQueryData(key, stored);
        // One's own words are a new version, too, of which the stream had not told yet.
        if (seenOf(stored.value) !== seenOf(shown.value)) throw error;
        return changeConversation(id, body, stored.etag);
      }
    },
    onSuccess: show,
    onError: (error) => {
      notifications.show({
        color: isStale(error) ? 'yellow' : 'red',
        title: i18n.t('error.title'),
        message: explain(error, i18n),
        closeButtonProps: { 'aria-label': i18n.t('action.close') },
      });
    },
  });
}
