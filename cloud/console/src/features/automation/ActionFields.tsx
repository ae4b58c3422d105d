import { Select, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { documentListQuery, useList } from '@/api/lists';
import { useAgents } from '@/features/cases/useAgents';
import { useI18n } from '@/i18n';
import { argumentsFrom, linesOf, type ActionDocument, type FieldChanges } from './documents';

export interface FieldsProps {
  action: ActionDocument;
  onChange: (action: ActionDocument) => void;
  /** What is wrong with a part of it. */
  mistake: (part: string) => string | undefined;
}

const statuses = ['open', 'pending', 'closed'] as const;
const priorities = ['low', 'normal', 'high', 'urgent'] as const;

/** Words to the customer or for colleagues. */
export function WordsFields({ action, onChange, mistake, verb }: FieldsProps & { verb: 'reply' | 'note' }) {
  const { t } = useI18n();
  return (
    <Textarea
      aria-label={t(`deskAction.${verb}`)}
      description={verb === 'reply' ? t('automation.replyHint') : undefined}
      required
      autosize
      minRows={2}
      dir="auto"
      value={action[verb] ?? ''}
      onChange={(event) => onChange({ [verb]: event.currentTarget.value })}
      error={mistake(`/${verb}`)}
      data-testid="action-words"
    />
  );
}

/** What of a conversation or a case is changed; what is left empty stays. */
export function SetFieldsOf({ action, onChange, mistake }: FieldsProps) {
  const { t } = useI18n();
  const set = action.set ?? {};
  const change = (part: FieldChanges) => onChange({ set: { ...set, ...part } });
  return (
    <>
      <Select
        label={t('case.status')}
        clearable
        value={set.status ?? null}
        onChange={(status) => change({ status })}
        data={statuses.map((value) => ({ value, label: t(`caseStatus.${value}`) }))}
        error={mistake('/set/status')}
      />
      <Select
        label={t('case.priority')}
        clearable
        value={set.priority ?? null}
        onChange={(priority) => change({ priority })}
        data={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
        error={mistake('/set/priority')}
        data-testid="action-priority"
      />
      <Where queue={set.queue} assignee={set.assignee} onChange={change} mistake={(part) => mistake(`/set${part}`)} />
      <TagsInput
        label={t('customer.tags')}
        value={set.tags ?? []}
        onChange={(tags) => change({ tags: tags.length > 0 ? tags : null })}
        error={mistake('/set/tags')}
        data-testid="action-tags"
      />
    </>
  );
}

export function CommandFields({ action, onChange, mistake }: FieldsProps) {
  const { t } = useI18n();
  const { name = '', arguments: values } = action.command ?? {};
  // Kept as typed: a line that is half written says nothing yet.
  const [lines, setLines] = useState(() => linesOf(values));
  return (
    <>
      <TextInput
        label={t('command.choose')}
        required
        dir="ltr"
        value={name}
        onChange={(event) => onChange({ command: { ...action.command, name: event.currentTarget.value } })}
        error={mistake('/command/name') ?? mistake('/command')}
        data-testid="action-command"
      />
      <Textarea
        label={t('automation.arguments')}
        description={t('automation.argumentsHint')}
        autosize
        dir="ltr"
        value={lines}
        onChange={(event) => {
          setLines(event.currentTarget.value);
          const given = argumentsFrom(event.currentTarget.value);
          onChange({ command: { name, ...(Object.keys(given).length > 0 && { arguments: given }) } });
        }}
        error={mistake('/command/arguments')}
      />
    </>
  );
}

export function ResolveFields({ action, onChange, mistake }: FieldsProps) {
  const { t } = useI18n();
  const { resolve } = action;
  const words = typeof resolve === 'string' ? resolve : typeof resolve === 'object' ? (resolve.resolution ?? '') : '';
  return (
    <TextInput
      label={t('automation.resolution')}
      dir="auto"
      value={words}
      onChange={(event) => onChange({ resolve: event.currentTarget.value || true })}
      error={mistake('/resolve')}
    />
  );
}

export function TransferFields({ action, onChange, mistake }: FieldsProps) {
  const { t } = useI18n();
  const transfer = action.transfer ?? {};
  const change = (part: ActionDocument['transfer']) => onChange({ transfer: { ...transfer, ...part } });
  return (
    <>
      <Where
        queue={transfer.queue}
        assignee={transfer.assignee}
        onChange={change}
        mistake={(part) => mistake(`/transfer${part}`) ?? (part === '/queue' ? mistake('/transfer') : undefined)}
      />
      <Textarea
        label={t('conversation.note')}
        autosize
        dir="auto"
        value={transfer.note ?? ''}
        onChange={(event) => change({ note: event.currentTarget.value || null })}
        error={mistake('/transfer/note')}
      />
    </>
  );
}

interface WhereProps {
  queue?: string | null;
  assignee?: string | null;
  onChange: (part: { queue?: string | null; assignee?: string | null }) => void;
  mistake: (part: string) => string | undefined;
}

function Where({ queue, assignee, onChange, mistake }: WhereProps) {
  const { t } = useI18n();
  const { agents } = useAgents();
  const queues = useList(documentListQuery<{ id: string; name?: string }>('queues')).items;
  const named = queues.map((one) => ({ value: one.id, label: one.name ?? one.id }));
  if (queue && !queues.some((one) => one.id === queue)) named.push({ value: queue, label: queue });
  return (
    <>
      <Select
        label={t('case.queue')}
        clearable
        searchable
        value={queue ?? null}
        onChange={(next) => onChange({ queue: next })}
        data={named}
        error={mistake('/queue')}
        data-testid="action-queue"
      />
      <Select
        label={t('case.assignee')}
        clearable
        searchable
        value={assignee ?? null}
        onChange={(next) => onChange({ assignee: next })}
        data={agents.map((agent) => ({ value: agent.id, label: agent.name }))}
        error={mistake('/assignee')}
      />
    </>
  );
}
