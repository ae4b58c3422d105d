import { infiniteQueryOptions, queryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { ArticleRow, Gap } from './articles';
import { get, path, type Query } from './client';
import type { Campaign, DeviceModel, Fence } from './documents';
import type {
  Alarm,
  AuditEntry,
  Beacon,
  Case,
  CaseCounts,
  ChangeDelivery,
  Conversation,
  ConversationCounts,
  Customer,
  DeadLetter,
  Device,
  DeviceCommand,
  Enrollment,
  Page,
  Presence,
  Site,
} from './types';
import type { CallBack, WrittenFlow } from './voice';

/** Rows that one page of a list brings. */
const pageSize = 50;
/** Where each row is a whole document, and the newest are what is looked for. */
const fewWhole = 10;
/** The largest page that the API gives. */
const wholePage = 500;

/** A list that is read page by page; the first page tells how many there are, where `counted`. */
const pagesOf = <T>(name: string, address: string, filter: Query, counted = true, limit = pageSize) =>
  infiniteQueryOptions({
    queryKey: [name, filter, address],
    queryFn: ({ pageParam, signal }) =>
      get<Page<T>>(
        address,
        { ...filter, cursor: pageParam, limit, count: counted && pageParam === null ? 'true' : null },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<T>) => page.next ?? undefined,
  });

export interface CaseListFilter {
  customerId?: string;
  status?: string;
  unresolved?: string;
  assignee?: string;
  queue?: string;
  priority?: string;
  q?: string;
  sort?: 'newest' | 'pressing' | 'breached';
}

/** Their number is among `caseCountsQuery`. */
export const caseListQuery = (filter: CaseListFilter) => pagesOf<Case>('caseList', '/cases', { ...filter }, false);

/** How many cases there are of each status and queue, by the filters that are not one of the two. */
export const caseCountsQuery = (filter: Omit<CaseListFilter, 'status' | 'unresolved' | 'sort'>) =>
  queryOptions({ queryKey: ['caseCounts', filter], queryFn: ({ signal }) => get<CaseCounts>('/cases/counts', { ...filter }, signal) });

export const customerListQuery = (q: string | undefined) => pagesOf<Customer>('customerList', '/customers', { q });

export interface DeviceListFilter {
  customerId?: string;
  q?: string;
  model?: string;
  state?: string;
  alarmed?: 'true' | 'false';
}

export const deviceListQuery = (filter: DeviceListFilter) => pagesOf<Device>('deviceList', '/devices', { ...filter });

export interface AlarmListFilter {
  deviceId?: string;
  caseId?: string;
  state?: 'active' | 'cleared';
}

/** The newest first. */
export const alarmListQuery = (filter: AlarmListFilter) => pagesOf<Alarm>('alarmList', '/alarms', { ...filter }, false);

/** What was asked of a device, the newest first. */
export const commandListQuery = (deviceId: string) =>
  pagesOf<DeviceCommand>('commandList', path`/devices/${deviceId}/commands`, {}, false);

export const commandListKey = (deviceId: string) => commandListQuery(deviceId).queryKey;

export interface ConversationListFilter {
  status: string;
  sort?: 'newest' | 'breached';
  assignee?: string;
  queue?: string;
  channel?: string;
  q?: string;
}

/** Their number is among `conversationCountsQuery`. */
export const conversationListQuery = (filter: ConversationListFilter) =>
  pagesOf<Conversation>('conversationList', '/conversations', { ...filter }, false);

/** How many conversations there are of each status and queue, by the filters that are not the status. */
export const conversationCountsQuery = (filter: Omit<ConversationListFilter, 'status' | 'sort'>) =>
  queryOptions({
    queryKey: ['conversationCounts', filter],
    queryFn: ({ signal }) => get<ConversationCounts>('/conversations/counts', { ...filter }, signal),
  });

/** What a document was, the newest first. */
export const versionListQuery = <T>(name: string, address: string) => pagesOf<T>(name, address, {}, false, fewWhole);

/** Documents of how the desk works, by the name of their address: channels, queues, calendars, slas. */
export const documentListQuery = <T>(kind: string) => pagesOf<T>(`${kind}List`, `/${kind}`, {});

export const siteListQuery = (q: string | undefined) => pagesOf<Site>('siteList', '/sites', { q });
export const fenceListQuery = (q: string | undefined) => pagesOf<Fence>('fenceList', '/fences', { q });
export const beaconListQuery = (q: string | undefined) => pagesOf<Beacon>('beaconList', '/beacons', { q });
/** What was sent to another system and what waits, the newest first. */
export const deliveryListQuery = (system: string) => pagesOf<ChangeDelivery>('deliveryList', `${system}/deliveries`, {});
export const deadLetterListQuery = pagesOf<DeadLetter>('deadLetterList', '/dead-letters', {});
export const enrollmentListQuery = pagesOf<Enrollment>('enrollmentList', '/enrollments', {});
export interface AuditListFilter {
  actor?: string;
  subject?: string;
  action?: string;
  from?: string;
  to?: string;
}

/** Who did what, the newest first. */
export const auditListQuery = (filter: AuditListFilter) => pagesOf<AuditEntry>('auditList', '/audit', { ...filter });

export const campaignListQuery = (q: string | undefined) => pagesOf<Campaign>('campaignList', '/campaigns', { q });

/** Articles by id; with words those that answer them, the best first. */
export const articleListQuery = (q: string | undefined, locale: string) => pagesOf<ArticleRow>('articleList', '/articles', { q, locale });
export const flowListQuery = (q: string | undefined) => pagesOf<WrittenFlow>('flowList', '/flows', { q });
export const callBackListQuery = (status: string | undefined) => pagesOf<CallBack>('callBackList', '/callbacks', { status });
export const gapListQuery = pagesOf<Gap>('gapList', '/gaps', {});

/** All rows of a list, at most `cap`; `total` tells how many there would be. */
export async function readAll<T>(address: string, filter: Query, cap: number, signal?: AbortSignal, limit = wholePage): Promise<Page<T>> {
  const items: T[] = [];
  let next: string | null = null;
  let total: number | undefined;
  do {
    const page: Page<T> = await get<Page<T>>(address, { ...filter, cursor: next, limit }, signal);
    items.push(...page.items);
    total ??= page.total ?? undefined;
    next = page.next;
  } while (next && items.length < cap);
  return { items, next, total };
}

/** More would be a blur on any screen, and the map says that there are more. */
const mostFences = 1_500;

/** The fences of a part of the earth, west, south, east and north in degrees. */
export const fencesWithinQuery = (box: string) =>
  queryOptions({
    queryKey: ['fences', box],
    queryFn: ({ signal }) => readAll<Fence>('/fences', { bbox: box, count: 'true' }, mostFences, signal),
    staleTime: 30_000,
  });

/** A model that has no name is called by its id. */
export const named = (model: DeviceModel): DeviceModel => ({ ...model, name: model.name ?? model.id });

/** The device models: kinds, of which nobody has thousands. */
export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: async ({ signal }) => {
    const page = await readAll<DeviceModel>('/models', {}, 5_000, signal);
    return { ...page, items: page.items.map(named) };
  },
  staleTime: 30_000,
});

/** One device, where there is any. */
export const anyDeviceQuery = queryOptions({
  queryKey: ['devices', 'any'],
  queryFn: ({ signal }) => get<Page<Device>>('/devices', { limit: 1 }, signal),
});

/** Every beacon, for the signs on the map. */
export const allBeaconsQuery = queryOptions({
  queryKey: ['beacons'],
  queryFn: ({ signal }) => readAll<Beacon>('/beacons', {}, 5_000, signal),
  staleTime: 30_000,
});

export const presentQuery = queryOptions({
  queryKey: ['present'],
  queryFn: ({ signal }) => readAll<Presence>('/places/present', {}, 2_000, signal),
  // Positions inside a visit move without an event of their own.
  refetchInterval: 5_000,
});

interface ListOptions<T> {
  enabled?: boolean;
  /** Of what has no event of its own: how often it is asked again while `isMoving`, or always. Who reads on is left in peace. */
  pollMs?: number;
  isMoving?: (newest: T[]) => boolean;
}

/** The rows of a list that are loaded so far, and the way to more. */
export function useList<T>(query: ReturnType<typeof pagesOf<T>>, { enabled = true, pollMs, isMoving }: ListOptions<T> = {}) {
  const result = useInfiniteQuery({
    ...query,
    enabled,
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => {
      const pages = state.data?.pages ?? [];
      const polls = pages.length < 2 && (!isMoving || isMoving(pages[0]?.items ?? []));
      return pollMs !== undefined && polls ? pollMs : false;
    },
  });
  const { data, fetchNextPage } = result;
  const items = useMemo(() => data?.pages.flatMap((page) => page.items) ?? [], [data]);
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return {
    items,
    total: data?.pages[0]?.total ?? undefined,
    pending: result.isPending && result.fetchStatus !== 'idle',
    error: data ? null : result.error,
    hasMore: result.hasNextPage,
    loadingMore: result.isFetchingNextPage,
    readAtMs: result.dataUpdatedAt,
    more,
    retry: () => void result.refetch(),
  };
}
