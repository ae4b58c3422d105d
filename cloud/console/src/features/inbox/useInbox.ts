import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { caseCountsQuery, caseListQuery, conversationCountsQuery, conversationListQuery, useList } from '@/api/lists';
import { may } from '@/api/rights';
import { useAgents } from '../cases/useAgents';
import { nextOf, rowsOf } from './rows';
import { assigneeOf, listsOf, type InboxSearch, type View } from './search';

/** What a view shows, of what the person may see; read page by page, the two lists as one. */
export function useInbox(search: InboxSearch) {
  const { me } = useAgents();
  const filters = listsOf(search, me);
  const cases = useList(caseListQuery(filters.cases), { enabled: may('readCases') });
  const talks = useList(conversationListQuery(filters.talks), { enabled: may('readConversations') });
  const rows = useMemo(
    () => rowsOf({ items: cases.items, hasMore: cases.hasMore }, { items: talks.items, hasMore: talks.hasMore }),
    [cases.items, cases.hasMore, talks.items, talks.hasMore],
  );
  const behind = nextOf(cases, talks);
  return {
    rows,
    pending: cases.pending || talks.pending,
    error: cases.error ?? talks.error,
    hasMore: behind !== null,
    loadingMore: cases.loadingMore || talks.loadingMore,
    readAtMs: Math.max(cases.readAtMs, talks.readAtMs),
    more: behind === 'talks' ? talks.more : cases.more,
    retry: () => {
      cases.retry();
      talks.retry();
    },
  };
}

/** How many things a view has, counted by the server; undefined while it is not known. */
export function useCount(view: View, queue: string | undefined): number | undefined {
  const { me } = useAgents();
  const filter = { assignee: assigneeOf(view, me), queue };
  const cases = useQuery({ ...caseCountsQuery(filter), enabled: may('readCases') }).data;
  const talks = useQuery({ ...conversationCountsQuery(filter), enabled: may('readConversations') }).data;
  if ((may('readCases') && !cases) || (may('readConversations') && !talks)) return undefined;
  return view === 'snoozed' ? (cases?.pending ?? 0) + (talks?.snoozed ?? 0) : (cases?.open ?? 0) + (talks?.open ?? 0);
}
