import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { Case, Priority } from '@/api/types';
import { useI18n } from '@/i18n';
import classes from './cases.module.css';
import { priorities, unassigned, type CaseSearch } from './search';
import { useAgents } from './useAgents';

export function CaseFilters(props: { search: CaseSearch; items: Case[]; onChange: (change: CaseSearch) => void }) {
  const { search, items, onChange } = props;
  const { t } = useI18n();
  const { agents, me } = useAgents();
  const [text, setText] = useState(search.q ?? '');
  const setQuery = useDebouncedCallback((q: string) => onChange({ q: q || undefined }), 200);
  const queues = [...new Set(items.map((item) => item.queue).concat(search.queue ?? null))].filter((queue) => queue !== null).sort();
  const others = agents.filter((agent) => agent.id !== me).map((agent) => ({ value: agent.id, label: agent.name }));
  const filtered = search.assignee || search.queue || search.priority || search.q;

  return (
    <div className={classes.filters} role="search" aria-label={t('inbox.filters')}>
      <TextInput
        className={classes.search}
        leftSection={<IconSearch size={15} aria-hidden />}
        placeholder={t('inbox.search')}
        aria-label={t('inbox.search')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setQuery(event.currentTarget.value);
        }}
      />
      <Select
        aria-label={t('case.assignee')}
        placeholder={t('case.assignee')}
        clearable
        value={search.assignee ?? null}
        onChange={(value) => onChange({ assignee: value ?? undefined })}
        data={[{ value: me, label: t('case.me') }, { value: unassigned, label: t('case.unassigned') }, ...others]}
      />
      <Select
        aria-label={t('case.queue')}
        placeholder={t('case.queue')}
        clearable
        value={search.queue ?? null}
        onChange={(value) => onChange({ queue: value ?? undefined })}
        data={queues}
      />
      <Select
        aria-label={t('case.priority')}
        placeholder={t('case.priority')}
        clearable
        value={search.priority ?? null}
        onChange={(value) => onChange({ priority: (value as Priority | null) ?? undefined })}
        data={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
      />
      {filtered && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={14} aria-hidden />}
          onClick={() => {
            setText('');
            onChange({ assignee: undefined, queue: undefined, priority: undefined, q: undefined });
          }}
        >
          {t('inbox.clear')}
        </Button>
      )}
    </div>
  );
}
