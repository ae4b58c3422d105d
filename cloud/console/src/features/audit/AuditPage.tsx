import { IconFileSearch } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { auditListQuery, useList } from '@/api/lists';
import { useI18n } from '@/i18n';
import { ListEnd } from '@/ui/ListEnd';
import { PageHead } from '@/ui/Panel';
import { Empty, Loading, Problem } from '@/ui/states';
import classes from './audit.module.css';
import { AuditFilters } from './AuditFilters';
import { AuditRow } from './AuditRow';
import { filterOf, type AuditSearch } from './search';

const route = getRouteApi('/shell/audit');

/** Who did what, signed in or was refused, newest first. */
export function AuditPage() {
  const { t } = useI18n();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  // Entries have no event of their own: the page looks again.
  const list = useList(auditListQuery(filterOf(search)), { pollMs: 5_000 });
  const change = (part: AuditSearch) => void navigate({ search: (now) => ({ ...now, ...part }), replace: true });
  return (
    <div className="page">
      <PageHead
        title={t('audit.title')}
        lead={<span role="status">{list.total === undefined ? ' ' : t('audit.count', { count: list.total })}</span>}
      />
      <AuditFilters search={search} onChange={change} />
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={8} height={44} />
      ) : list.items.length === 0 ? (
        <Empty icon={<IconFileSearch size={44} stroke={1.3} aria-hidden />} title={t('audit.empty')} hint={t('audit.emptyHint')} />
      ) : (
        <>
          <ul className={classes.list}>
            {list.items.map((entry) => (
              <AuditRow key={entry.id} entry={entry} />
            ))}
          </ul>
          <ListEnd list={list} />
        </>
      )}
    </div>
  );
}
