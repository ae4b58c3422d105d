import { Button, Select } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { caseCountsQuery } from '@/api/lists';
import type { CasePriority } from '@/api/types';
import { useI18n } from '@/i18n';
import { SearchField } from '@/ui/SearchField';
import classes from './cases.module.css';
import { priorities, unassigned, type CaseSearch } from './search';
import { useAgents } from './useAgents';

export function CaseFilters({ search, onChange }: { search: CaseSearch; onChange: (change: CaseSearch) => void }) {
  const { t } = useI18n();
  const { agents, me } = useAgents();
  const known = useQuery(caseCountsQuery({})).data?.queues ?? {};
  const queues = [...new Set([...Object.keys(known), ...(search.queue ? [search.queue] : [])])].sort();
  const others = agents.filter((agent) => agent.id !== me).map((agent) => ({ value: agent.id, label: agent.name }));
  const filtered = search.assignee || search.queue || search.priority || search.q;

  return (
    <div className={classes.filters} role="search" aria-label={t('inbox.filters')}>
      <SearchField className={classes.search} label={t('inbox.search')} value={search.q} onSearch={(q) => onChange({ q })} />
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
        onChange={(value) => onChange({ priority: (value as CasePriority | null) ?? undefined })}
        data={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
      />
      {filtered && (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={14} aria-hidden />}
          onClick={() => onChange({ assignee: undefined, queue: undefined, priority: undefined, q: undefined })}
        >
          {t('inbox.clear')}
        </Button>
      )}
    </div>
  );
}
