import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, getMetricsText, path, send } from './client';
import { named, readAll } from './lists';
import type { ArticleRow } from './articles';
import type { Campaign, CannedReply, DeviceModel, Fence, Macro } from './documents';
import type {
  Agent,
  Alarm,
  AnomalyPoint,
  CampaignReport,
  Case,
  Conversation,
  ConversationView,
  Customer,
  Device,
  Me,
  MergeSuggestion,
  Offer,
  Page,
  Queue,
  RawReading,
  RecordedDecision,
  Search,
  Telemetry,
  TimelineEntry,
  Twin,
  Visit,
} from './types';

const slowlyChangingMs = 5 * 60_000;

export const caseQuery = (id: string) =>
  queryOptions({
    queryKey: ['case', id],
    queryFn: ({ signal }) => send<Case>(path`/cases/${id}`, { signal }),
  });

export const alarmQuery = (id: string) =>
  queryOptions({
    queryKey: ['alarm', id],
    queryFn: ({ signal }) => get<Alarm>(path`/alarms/${id}`, {}, signal),
  });

/** A few of each kind; nothing is asked for while nothing is typed. */
export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['search', q],
    queryFn: ({ signal }) => get<Search>('/search', { q, limit: 5 }, signal),
    enabled: q !== '',
    placeholderData: keepPreviousData,
  });

/** Asked again after each absence, as all is. */
export const meQuery = queryOptions({ queryKey: ['me'], queryFn: ({ signal }) => get<Me>('/me', {}, signal), staleTime: slowlyChangingMs });

export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: ({ signal }) => get<Page<Agent>>('/agents', {}, signal),
  staleTime: slowlyChangingMs,
});

/** The replies that a text finds by title or shortcut. */
export const repliesQuery = (q: string) =>
  queryOptions({
    queryKey: ['replies', q],
    queryFn: ({ signal }) => get<Page<CannedReply>>('/replies', { q, limit: 8 }, signal),
    staleTime: slowlyChangingMs,
  });

export const macrosQuery = queryOptions({
  queryKey: ['macros'],
  queryFn: ({ signal }) => get<Page<Macro>>('/macros', {}, signal),
  staleTime: slowlyChangingMs,
});

/** Published articles that answer something, the best first, in the language of the words. */
export const fittingArticlesQuery = (q: string) =>
  queryOptions({
    queryKey: ['articleList', 'fitting', q],
    queryFn: ({ signal }) => get<Page<ArticleRow>>('/articles', { q, status: 'published', limit: 3 }, signal),
    staleTime: slowlyChangingMs,
  });

export const customerQuery = (id: string) =>
  queryOptions({
    queryKey: ['customer', id],
    queryFn: ({ signal }) => get<Customer>(path`/customers/${id}`, {}, signal),
    staleTime: slowlyChangingMs,
  });

/** Which entries of a customer's timeline; what is missing does not filter. */
export interface TimelineFilter {
  kinds?: readonly string[];
  channel?: string;
}

const timelinePages = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: Page<TimelineEntry>) => page.next ?? undefined,
};

export const timelineQuery = (customerId: string, { kinds, channel }: TimelineFilter) =>
  infiniteQueryOptions({
    ...timelinePages,
    queryKey: ['timeline', 'customer', customerId, { kinds, channel }],
    queryFn: ({ pageParam, signal }) =>
      get<Page<TimelineEntry>>(
        path`/customers/${customerId}/timeline`,
        { kind: kinds?.join(','), channel, cursor: pageParam, limit: 50 },
        signal,
      ),
  });

/** The newest of a timeline, as many as one page gives. */
export const journeyQuery = (customerId: string, { kinds, channel }: TimelineFilter) =>
  queryOptions({
    queryKey: ['journey', customerId, { kinds, channel }],
    queryFn: ({ signal }) =>
      get<Page<TimelineEntry>>(path`/customers/${customerId}/timeline`, { kind: kinds?.join(','), channel, limit: 500 }, signal),
    placeholderData: keepPreviousData,
  });

export const caseTimelineQuery = (caseId: string) =>
  infiniteQueryOptions({
    ...timelinePages,
    queryKey: ['timeline', 'case', caseId],
    queryFn: ({ pageParam, signal }) => get<Page<TimelineEntry>>(path`/cases/${caseId}/timeline`, { cursor: pageParam, limit: 50 }, signal),
  });

export const visitsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['visits', customerId],
    queryFn: ({ signal }) => get<Page<Visit>>(path`/customers/${customerId}/visits`, { limit: 20 }, signal),
  });

export const offersQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['offers', customerId],
    queryFn: ({ signal }) => get<Page<Offer>>(path`/customers/${customerId}/offers`, { limit: 20 }, signal),
  });

export const decisionsQuery = (customerId: string) =>
  infiniteQueryOptions({
    queryKey: ['decisions', customerId],
    queryFn: ({ pageParam, signal }) =>
      get<Page<RecordedDecision>>(path`/customers/${customerId}/decisions`, { cursor: pageParam, limit: 10 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<RecordedDecision>) => page.next ?? undefined,
  });

export const mergeSuggestionsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['mergeSuggestions', customerId],
    queryFn: ({ signal }) => get<Page<MergeSuggestion>>(path`/customers/${customerId}/merge-suggestions`, {}, signal),
  });

export const deviceQuery = (id: string) =>
  queryOptions({
    queryKey: ['device', id],
    queryFn: ({ signal }) => get<Device>(path`/devices/${id}`, {}, signal),
    staleTime: slowlyChangingMs,
  });

export const twinQuery = (id: string) =>
  queryOptions({
    queryKey: ['twin', id],
    queryFn: ({ signal }) => get<Twin>(path`/devices/${id}/twin`, {}, signal),
  });

/** A span of telemetry; without `to` it reaches until now and the stream appends to it (`live` in its key). */
export interface TelemetrySpan {
  deviceId: string;
  metric: string;
  fromMs: number | null;
  toMs: number | null;
  /** Stands in the key instead of moving bounds, so that a refetch replaces the same series. */
  label: string;
  points: number;
}

const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());

export const telemetryQuery = (span: () => TelemetrySpan, identity: Pick<TelemetrySpan, 'deviceId' | 'metric' | 'label'>, live: boolean) =>
  queryOptions({
    queryKey: ['telemetry', identity.deviceId, identity.metric, live ? 'live' : 'fixed', identity.label],
    queryFn: ({ signal }) => {
      const { deviceId, metric, fromMs, toMs, points } = span();
      return get<Telemetry>(path`/devices/${deviceId}/telemetry`, { metric, from: iso(fromMs), to: iso(toMs), points }, signal);
    },
    // Appended readings are single points; now and then the server's buckets replace them.
    refetchInterval: live ? 60_000 : false,
  });

/** The most readings that a chart of words asks for: what a device says every second in a day. */
const mostReadings = 30_000;
const rawPage = 10_000;

/** A metric as it was received, oldest first. */
export const rawTelemetryQuery = (
  span: () => Omit<TelemetrySpan, 'points'>,
  identity: Pick<TelemetrySpan, 'deviceId' | 'metric' | 'label'>,
  live: boolean,
) =>
  queryOptions({
    queryKey: ['rawTelemetry', identity.deviceId, identity.metric, identity.label],
    queryFn: async ({ signal }) => {
      const { deviceId, metric, fromMs, toMs } = span();
      const filter = { metric, from: iso(fromMs), to: iso(toMs) };
      return (await readAll<RawReading>(path`/devices/${deviceId}/telemetry/raw`, filter, mostReadings, signal, rawPage)).items;
    },
    refetchInterval: live ? 10_000 : false,
  });

/** How unusual a metric's readings were: of each stretch the most unusual. */
export const anomalyQuery = (span: () => TelemetrySpan, identity: Pick<TelemetrySpan, 'deviceId' | 'metric' | 'label'>, live: boolean) =>
  queryOptions({
    queryKey: ['anomaly', identity.deviceId, identity.metric, identity.label],
    queryFn: async ({ signal }) => {
      const { deviceId, metric, fromMs, toMs, points } = span();
      const filter = { metric, from: iso(fromMs), to: iso(toMs), points };
      return (await get<Page<AnomalyPoint>>(path`/devices/${deviceId}/telemetry/anomaly`, filter, signal)).items;
    },
    refetchInterval: live ? 60_000 : false,
  });

export const modelQuery = (id: string) =>
  queryOptions({
    queryKey: ['model', id],
    queryFn: async ({ signal }) => named(await get<DeviceModel>(path`/models/${id}`, {}, signal)),
    staleTime: slowlyChangingMs,
  });

export const fenceQuery = (id: string) =>
  queryOptions({
    queryKey: ['fence', id],
    queryFn: ({ signal }) => get<Fence>(path`/fences/${id}`, {}, signal),
    staleTime: 30_000,
  });

export const campaignQuery = (id: string) =>
  queryOptions({
    queryKey: ['campaign', id],
    queryFn: ({ signal }) => send<Campaign>(path`/campaigns/${id}`, { signal }),
  });

export const reportQuery = (id: string) =>
  queryOptions({
    queryKey: ['report', id],
    queryFn: ({ signal }) => get<CampaignReport>(path`/campaigns/${id}/report`, {}, signal),
  });

/** The queues as they stand now: waiting work has no event of its own. */
export const queuesQuery = queryOptions({
  queryKey: ['queues'],
  queryFn: ({ signal }) => readAll<Queue>('/queues', {}, 5_000, signal),
  staleTime: 30_000,
});

/** What a customer talks about now; one per channel at most. */
export const openConversationsQuery = (customerId: string) =>
  queryOptions({
    queryKey: ['conversations', { status: 'open', customerId }],
    queryFn: ({ signal }) => get<Page<Conversation>>('/conversations', { status: 'open', customerId, limit: 20 }, signal),
  });

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', id],
    queryFn: ({ signal }) => send<ConversationView>(path`/conversations/${id}`, { signal }),
  });

export const metricsQuery = queryOptions({
  queryKey: ['metrics'],
  queryFn: ({ signal }) => getMetricsText(signal),
  refetchInterval: 2_000,
});
