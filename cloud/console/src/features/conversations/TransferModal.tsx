import { SegmentedControl, Select, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send, type Versioned } from '@/api/client';
import { queuesQuery } from '@/api/queries';
import type { Conversation, ConversationView } from '@/api/types';
import { useSave } from '@/api/useSave';
import { useI18n } from '@/i18n';
import { FormModal } from '@/ui/FormModal';
import { useSaved } from '@/ui/useSaved';
import { useAgents } from '../cases/useAgents';
import { useShowChanged } from './actions';

type To = 'queue' | 'assignee';

/** Hands a conversation to a queue or a person, with a note for who takes it over. */
export function TransferModal({ stored, onClose }: { stored: Versioned<ConversationView>; onClose: () => void }) {
  const { t } = useI18n();
  const { id, assignee, queue } = stored.value;
  const { agents, nameOf } = useAgents();
  const queues = useQuery(queuesQuery).data?.items ?? [];
  const told = useSaved(['conversationCounts']);
  const show = useShowChanged(id);
  const [to, setTo] = useState<To>('queue');
  const [name, setName] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const choices = {
    queue: queues.filter((one) => one.id !== queue).map((one) => ({ value: one.id, label: one.name })),
    assignee: agents.filter((one) => one.id !== assignee).map((one) => ({ value: one.id, label: one.name })),
  }[to];
  const mine = { [to]: name ?? '', note };
  const save = useSave<ConversationView, Conversation>({
    etag: stored.etag,
    save: async (ifMatch) => {
      const changed = await send<Conversation>(path`/conversations/${id}/transfer`, { method: 'POST', body: mine, ifMatch });
      show(changed);
      return changed;
    },
    read: () => send<ConversationView>(path`/conversations/${id}`),
    // Words that came meanwhile keep nobody from handing it on; another owner does.
    isSame: (theirs) => theirs.assignee === assignee && theirs.queue === queue && theirs.status === stored.value.status,
    onSaved: () => {
      told();
      const whom = to === 'queue' ? (queues.find((one) => one.id === name)?.name ?? name) : nameOf(name ?? '');
      notifications.show({ message: t('conversation.transferred', { to: whom ?? '' }) });
      onClose();
    },
  });
  const labels = { '/queue': t('conversation.transferQueue'), '/assignee': t('conversation.transferAgent'), '/note': t('conversation.transferNote') };
  return (
    <FormModal
      title={t('conversation.transfer')}
      ready={name !== null}
      save={save}
      mine={mine}
      labels={labels}
      onTake={onClose}
      onClose={onClose}
      testId="transfer-save"
    >
      <SegmentedControl
        aria-label={t('conversation.transferTo')}
        value={to}
        onChange={(next) => {
          setTo(next as To);
          setName(null);
        }}
        data={[
          { value: 'queue', label: labels['/queue'] },
          { value: 'assignee', label: labels['/assignee'] },
        ]}
        data-testid="transfer-kind"
      />
      <Select
        label={t('conversation.transferTo')}
        required
        searchable
        value={name}
        onChange={setName}
        data={choices}
        error={save.mistake(`/${to}`)}
        data-autofocus
        data-testid="transfer-to"
      />
      <Textarea
        label={labels['/note']}
        autosize
        minRows={2}
        dir="auto"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        error={save.mistake('/note')}
        data-testid="transfer-note"
      />
    </FormModal>
  );
}
