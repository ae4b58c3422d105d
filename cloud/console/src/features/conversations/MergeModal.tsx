import { Radio, Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get, path, send, type Versioned } from '@/api/client';
import type { Conversation, ConversationView, Page } from '@/api/types';
import { useSave } from '@/api/useSave';
import { useI18n } from '@/i18n';
import { FormModal } from '@/ui/FormModal';
import { Loading, QueryView } from '@/ui/states';

/** The newest of them; who has more looks for the number in the search. */
const shown = 20;

/** Takes another conversation of the same person in. */
export function MergeModal({ stored, onClose }: { stored: Versioned<ConversationView>; onClose: () => void }) {
  const { t, dateTime } = useI18n();
  const client = useQueryClient();
  const { id, customerId } = stored.value;
  const [from, setFrom] = useState<string | null>(null);
  const others = useQuery({
    queryKey: ['conversations', { customerId, limit: shown }],
    queryFn: ({ signal }) => get<Page<Conversation>>('/conversations', { customerId, limit: shown }, signal),
    select: (page) => page.items.filter((item) => item.id !== id && !item.mergedInto),
  });
  const save = useSave<ConversationView, Conversation>({
    etag: null,
    save: () => send<Conversation>(path`/conversations/${id}/merge`, { method: 'POST', body: { from } }),
    read: () => send<ConversationView>(path`/conversations/${id}`),
    onSaved: () => {
      // Its messages are read here from now on.
      void client.invalidateQueries({ queryKey: ['conversation', id] });
      void client.invalidateQueries({ queryKey: ['conversationCounts'] });
      onClose();
    },
  });
  return (
    <FormModal
      title={t('conversation.merge')}
      ready={from !== null}
      save={save}
      mine={{ from }}
      labels={{ '/from': t('conversation.mergeWhich') }}
      onTake={onClose}
      onClose={onClose}
      testId="merge-save"
    >
      <Text size="sm">{t('conversation.mergeHint')}</Text>
      <QueryView query={others} loading={<Loading rows={2} />}>
        {(items) =>
          items.length === 0 ? (
            <Text size="sm">{t('conversation.mergeNone')}</Text>
          ) : (
            <Radio.Group label={t('conversation.mergeWhich')} value={from} onChange={setFrom} error={save.mistake('/from')}>
              <Stack gap={8} mt={6}>
                {items.map((item) => (
                  <Radio
                    key={item.id}
                    value={item.id}
                    label={`#${item.number} ${item.subject ?? ''}`}
                    description={`${t(`conversation.${item.status}`)} · ${dateTime(item.lastMessageAt)}`}
                    data-testid="merge-choice"
                  />
                ))}
              </Stack>
            </Radio.Group>
          )
        }
      </QueryView>
    </FormModal>
  );
}
