import { SegmentedControl } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { anyDeviceQuery, caseCountsQuery, caseListQuery, useList } from '@/api/lists';
import { may } from '@/api/rights';
import { useI18n } from '@/i18n';
import { ListEnd } from '@/ui/ListEnd';
import { PageHead } from '@/ui/Panel';
import { Empty, Loading, Problem } from '@/ui/states';
import { StartButton } from '../setup/StartButton';
import { CaseFilters } from './CaseFilters';
import { CaseList } from './CaseList';
import classes from './cases.module.css';
import { listOf, statusViews, type CaseSearch, type StatusView } from './search';

/** The guide, for an administrator of a platform without devices. */
function StartWhereEmpty() {
  const devices = useQuery({ ...anyDeviceQuery, enabled: may('administer') }).data;
  return devices?.items.length === 0 ? <StartButton /> : null;
}

/** The live list of cases; its filters are the page's address. */
export function InboxPage() {
  const { t, number } = useI18n();
  const search = useSearch({ from: '/shell/cases' });
  const navigate = useNavigate({ from: '/cases' });
  const setSearch = (change: CaseSearch) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  const { status: view = 'unresolved', ...filter } = search;
  const list = useList(caseListQuery(listOf(search)));
  const counts = useQuery({ ...caseCountsQuery(filter), placeholderData: keepPreviousData }).data;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);

  return (
    <div className="page">
      <PageHead
        title={t('inbox.title')}
        lead={<span role="status">{counts ? t('inbox.count', { count: counts[view] }) : ' '}</span>}
        actions={
          <SegmentedControl
            aria-label={t('case.status')}
            value={view}
            onChange={(value) => setSearch({ status: value === 'unresolved' ? undefined : (value as StatusView) })}
            data={statusViews.map((value) => ({ value, label: t(`caseStatus.${value}`) + (counts ? ` ${number(counts[value])}` : '') }))}
            className={classes.views}
          />
        }
      />
      <CaseFilters search={search} onChange={setSearch} />
      {list.error ? (
        <Problem error={list.error} onRetry={list.retry} />
      ) : list.pending ? (
        <Loading rows={10} height={36} />
      ) : list.items.length === 0 ? (
        <Empty
          icon={<IconInbox size={44} stroke={1.3} aria-hidden />}
          title={t('inbox.empty')}
          hint={t(isFiltered ? 'inbox.emptyFiltered' : 'inbox.emptyHint')}
          action={!isFiltered && <StartWhereEmpty />}
        />
      ) : (
        <CaseList items={list.items} end={<ListEnd list={list} />} />
      )}
    </div>
  );
}
