import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { caseCountsQuery } from '@/api/lists';
import type { CasePriority } from '@/api/types';
import { useI18n } from '@/i18n';
import { SearchField } from '@/ui/SearchField';
import classes from './cases.module.css';
import { AssigneeFilter, ClearFilters, QueueFilter } from './DeskFilters';
import { priorities, type CaseSearch } from './search';

export function CaseFilters({ search, onChange }: { search: CaseSearch; onChange: (change: CaseSearch) => void }) {
  const { t } = useI18n();
  const counts = useQuery(caseCountsQuery({})).data?.queues;
  return (
    <div className={classes.filters} role="search" aria-label={t('inbox.filters')}>
      <SearchField className={classes.search} label={t('inbox.search')} value={search.q} onSearch={(q) => onChange({ q })} />
      <AssigneeFilter value={search.assignee} onChange={(assignee) => onChange({ assignee })} />
      <QueueFilter value={search.queue} onChange={(queue) => onChange({ queue })} counts={counts} />
      <Select
        aria-label={t('case.priority')}
        placeholder={t('case.priority')}
        clearable
        value={search.priority ?? null}
        onChange={(value) => onChange({ priority: (value as CasePriority | null) ?? undefined })}
        data={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
      />
      {(search.assignee || search.queue || search.priority || search.q) && (
        <ClearFilters onClear={() => onChange({ assignee: undefined, queue: undefined, priority: undefined, q: undefined })} />
      )}
    </div>
  );
}
