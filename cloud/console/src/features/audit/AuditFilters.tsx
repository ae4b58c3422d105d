import { Select, TextInput } from '@mantine/core';
import { useI18n } from '@/i18n';
import { SearchField } from '@/ui/SearchField';
import { ClearFilters } from '../cases/DeskFilters';
import { actions } from './actions';
import classes from './audit.module.css';
import type { AuditSearch } from './search';
import { useActionName } from './useActionName';

/** Who, to what or whom, what, and when. */
export function AuditFilters({ search, onChange }: { search: AuditSearch; onChange: (change: AuditSearch) => void }) {
  const { t } = useI18n();
  const nameOf = useActionName();
  const time = (which: 'from' | 'to') => (
    <TextInput
      type="datetime-local"
      label={t(`audit.${which}`)}
      value={search[which] ?? ''}
      onChange={(event) => onChange({ [which]: event.currentTarget.value || undefined })}
      data-testid={`audit-${which}`}
    />
  );
  return (
    <div className={classes.filters} role="search" aria-label={t('audit.filters')}>
      <SearchField label={t('audit.actor')} value={search.actor} onSearch={(actor) => onChange({ actor })} />
      <SearchField label={t('audit.subject')} value={search.subject} onSearch={(subject) => onChange({ subject })} />
      <Select
        aria-label={t('audit.action')}
        placeholder={t('audit.action')}
        clearable
        searchable
        value={search.action ?? null}
        onChange={(action) => onChange({ action: action ?? undefined })}
        data={actions.map((value) => ({ value, label: nameOf(value) }))}
        data-testid="audit-action"
      />
      {time('from')}
      {time('to')}
      {Object.values(search).some(Boolean) && (
        <ClearFilters
          onClear={() => onChange({ actor: undefined, subject: undefined, action: undefined, from: undefined, to: undefined })}
        />
      )}
    </div>
  );
}
