import { Autocomplete, TagsInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send, type Versioned } from '@/api/client';
import { caseCountsQuery, conversationCountsQuery } from '@/api/lists';
import type { Conversation, ConversationView } from '@/api/types';
import { useSave } from '@/api/useSave';
import { useI18n } from '@/i18n';
import { FormModal } from '@/ui/FormModal';
import { useSaved } from '@/ui/useSaved';
import { changeConversation, useShowChanged } from './actions';
import { CasePicker } from './CasePicker';

type Draft = Pick<ConversationView, 'subject' | 'queue' | 'caseId' | 'tags'>;

const draftOf = ({ subject, queue, caseId, tags }: ConversationView): Draft => ({ subject, queue, caseId, tags });

/** Changes what a conversation is about and where it belongs. */
export function ConversationForm({ stored, onClose }: { stored: Versioned<ConversationView>; onClose: () => void }) {
  const { t } = useI18n();
  const { id, customerId } = stored.value;
  const told = useSaved(['conversationCounts']);
  const show = useShowChanged(id);
  const [begun, setBegun] = useState(() => draftOf(stored.value));
  const [draft, setDraft] = useState(begun);
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const queues = new Set([
    ...Object.keys(useQuery(conversationCountsQuery({})).data?.queues ?? {}),
    ...Object.keys(useQuery(caseCountsQuery({})).data?.queues ?? {}),
  ]);
  const save = useSave<ConversationView, Conversation>({
    etag: stored.etag,
    save: async (ifMatch) => {
      const body = { ...draft, queue: draft.queue.trim(), subject: draft.subject ?? '', caseId: draft.caseId ?? '' };
      const changed = await changeConversation(id, body, ifMatch);
      show(changed);
      return changed;
    },
    read: () => send<ConversationView>(path`/conversations/${id}`),
    // A message that came meanwhile is a new version, too.
    isSame: (theirs) => JSON.stringify(draftOf(theirs)) === JSON.stringify(begun),
    onSaved: () => {
      told();
      onClose();
    },
  });
  const labels = {
    '/subject': t('conversation.subject'),
    '/queue': t('case.queue'),
    '/caseId': t('ref.case'),
    '/tags': t('customer.tags'),
  };
  return (
    <FormModal
      title={t('conversation.edit')}
      ready={draft.queue.trim() !== ''}
      save={save}
      mine={draft}
      labels={labels}
      onTake={(theirs) => {
        setBegun(draftOf(theirs));
        setDraft(draftOf(theirs));
      }}
      onClose={onClose}
      testId="conversation-save"
    >
      <TextInput
        label={labels['/subject']}
        dir="auto"
        value={draft.subject ?? ''}
        onChange={(event) => change({ subject: event.currentTarget.value || null })}
        error={save.mistake('/subject')}
        data-autofocus
        data-testid="conversation-subject"
      />
      <Autocomplete
        label={labels['/queue']}
        required
        dir="auto"
        value={draft.queue}
        onChange={(queue) => change({ queue })}
        data={[...queues].sort()}
        error={save.mistake('/queue')}
        data-testid="conversation-queue-field"
      />
      <CasePicker
        label={labels['/caseId']}
        customerId={customerId}
        value={draft.caseId}
        onChange={(caseId) => change({ caseId })}
        error={save.mistake('/caseId')}
        data-testid="conversation-case-field"
      />
      <TagsInput
        label={labels['/tags']}
        value={draft.tags}
        onChange={(tags) => change({ tags })}
        error={save.mistake('/tags')}
        data-testid="conversation-tags"
      />
    </FormModal>
  );
}
