import { SegmentedControl } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { casesQuery } from '@/api/queries';
import type { Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { PageHead } from '@/ui/Panel';
import { Empty, Loading, Problem } from '@/ui/states';
import { CaseFilters } from './CaseFilters';
import { CaseList } from './CaseList';
import classes from './cases.module.css';
import { matches, order, statusesOf, statusViews, unresolvedStatuses, type CaseSearch, type StatusView } from './search';
import { useNamed } from './useNamed';

/** The live list of cases; its filters are the page's address. */
export function InboxPage() {
  const { t, number } = useI18n();
  const search = useSearch({ from: '/shell/cases' });
  const navigate = useNavigate({ from: '/cases' });
  const setSearch = (change: CaseSearch) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  const { items, counts, error, pending, cut, retry } = useCases(search);
  const named = useNamed(search.q);
  const shown = order(items.filter((item) => matches(item, search, named)), search.status);

  const count = (view: StatusView) => {
    const known = view === 'unresolved' ? sum(unresolvedStatuses.map((s) => counts[s])) : counts[view];
    return known === undefined ? '' : ` ${number(known)}`;
  };

  return (
    <div className="page">
      <PageHead
        title={t('inbox.title')}
        lead={<span role="status">{pending ? ' ' : t('inbox.shown', { shown: number(shown.length), all: number(items.length) })}</span>}
        actions={
          <SegmentedControl
            size="xs"
            aria-label={t('case.status')}
            value={search.status ?? 'unresolved'}
            onChange={(value) => setSearch({ status: value === 'unresolved' ? undefined : (value as StatusView) })}
            data={statusViews.map((view) => ({ value: view, label: t(`caseStatus.${view}`) + count(view) }))}
            className={classes.views}
          />
        }
      />
      <CaseFilters search={search} items={items} onChange={setSearch} />
      {error ? (
        <Problem error={error} onRetry={retry} />
      ) : pending ? (
        <Loading rows={10} height={36} />
      ) : shown.length === 0 ? (
        <Empty icon={<IconInbox size={44} stroke={1.3} aria-hidden />} title={t('inbox.empty')} hint={t(items.length ? 'inbox.emptyFiltered' : 'inbox.emptyHint')} />
      ) : (
        <CaseList items={shown} cut={cut} />
      )}
    </div>
  );
}

const sum = (counts: (number | undefined)[]) =>
  counts.every((n) => n !== undefined) ? counts.reduce<number>((a, n) => a + (n ?? 0), 0) : undefined;

/** Cases of the chosen view, and how many each loaded status has; unresolved ones are always loaded. */
function useCases(search: CaseSearch) {
  const wanted = statusesOf(search.status);
  const statuses = [...new Set([...unresolvedStatuses, ...wanted])];
  const results = useQueries({ queries: statuses.map((status) => casesQuery({ status })) });
  const loaded = new Map(statuses.map((status, i) => [status, results[i]!]));
  const chosen = wanted.map((status) => loaded.get(status)!);
  const pages = chosen.map((result) => result.data);
  return {
    items: pages.flatMap((page): Case[] => page?.items ?? []),
    counts: Object.fromEntries(statuses.map((status) => [status, loaded.get(status)?.data?.items.length])) as Partial<Record<StatusView, number>>,
    error: chosen.find((result) => result.error && !result.data)?.error,
    pending: chosen.some((result) => result.isPending),
    cut: pages.some((page) => page?.next),
    retry: () => chosen.forEach((result) => void result.refetch()),
  };
}
