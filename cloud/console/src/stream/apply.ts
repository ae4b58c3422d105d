import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query';
import { tagOf, type Versioned } from '@/api/client';
import { commandListKey, type AlarmListFilter, type CaseListFilter, type ConversationListFilter } from '@/api/lists';
import type { TimelineFilter } from '@/api/queries';
import type { TwinChange } from '@/api/documents';
import type {
  Alarm,
  Case,
  Conversation,
  ConversationMessage,
  ConversationView,
  Device,
  Page,
  Telemetry,
  TimelineEntry,
  Twin,
} from '@/api/types';
import { isOnList, orderOf } from '@/features/cases/search';
import { isOnList as isTalkOnList, orderOf as talkOrderOf } from '@/features/conversations/search';
import { myDeskQuery } from '@/features/desk/queries';
import {
  alarmBelongs,
  appendReading,
  mergeConversation,
  mergeDeviceState,
  mergeItem,
  mergeMessage,
  mergeOrdered,
  mergeTimeline,
  mergeTwin,
  mergeTwinAlarm,
} from './merge';
import { publishMessage } from './messages';
import { refreshSeldom } from './seldom';
import type { ServerEvent } from './sse';

/** Carries a batch of stream events into the query cache, then refreshes once what can only be asked anew. */
export function applyEvents(client: QueryClient, events: ServerEvent[]) {
  const stale = new Map<string, QueryKey>();
  const refresh = (...key: QueryKey) => stale.set(JSON.stringify(key), key);
  for (const event of events) {
    const data: unknown = JSON.parse(event.data);
    apply(client, event.kind, data, refresh);
  }
  for (const queryKey of stale.values()) void client.invalidateQueries({ queryKey });
}

/** A list that is read page by page, as far as it is loaded. */
type Pages<T> = InfiniteData<Page<T>>;

type Refresh = (...key: QueryKey) => void;

function apply(client: QueryClient, kind: string, data: unknown, refresh: Refresh) {
  switch (kind) {
    case 'case':
      refreshFigures(client);
      refresh(...myDeskQuery.queryKey);
      return applyCase(client, data as Case, refresh);
    case 'alarm':
      return applyAlarm(client, data as Alarm, refresh);
    case 'twin':
      return applyTwin(client, data as TwinChange);
    case 'visit':
      refresh('present');
      return refresh('visits', (data as { customerId: string }).customerId);
    case 'offer':
      refresh('report', (data as { campaignId: string }).campaignId);
      return refresh('offers', (data as { customerId: string }).customerId);
    case 'decision':
      refresh('decisions', (data as { customerId: string }).customerId);
      return refresh('report', (data as { campaignId: string }).campaignId);
    case 'conversation':
      refreshFigures(client);
      refresh(...myDeskQuery.queryKey);
      return applyConversation(client, data as Conversation, refresh);
    case 'message':
      return applyMessage(client, data as ConversationMessage);
    default:
      return applyEntry(client, kind, data as TimelineEntry, refresh);
  }
}

/** What is counted changes in the same commit. */
function refreshFigures(client: QueryClient) {
  refreshSeldom(client, ['figures']);
  refreshSeldom(client, ['queues']);
}

function applyCase(client: QueryClient, item: Case, refresh: Refresh) {
  for (const [key, data] of client.getQueriesData<Pages<Case>>({ queryKey: ['caseList'] })) {
    const filter = key[1] as CaseListFilter;
    // Whether a text finds the case only the server knows.
    if (filter.q) refresh(...key);
    else if (data) client.setQueryData(key, { ...data, pages: mergeOrdered(data.pages, item, isOnList(item, filter), orderOf(filter)) });
  }
  refresh('caseCounts');
  client.setQueryData<Versioned<Case>>(['case', item.id], (known) => known && { ...known, value: item });
  // The stream tells no version; without a fresh ETag the next change would be refused as stale.
  refresh('case', item.id);
}

const byRaised = (a: Alarm, b: Alarm) => Date.parse(b.raisedAt) - Date.parse(a.raisedAt);

function applyAlarm(client: QueryClient, alarm: Alarm, refresh: Refresh) {
  for (const [key, data] of client.getQueriesData<Pages<Alarm>>({ queryKey: ['alarmList'] })) {
    const belongs = alarmBelongs(key[1] as AlarmListFilter, alarm);
    if (data) client.setQueryData(key, { ...data, pages: mergeOrdered(data.pages, alarm, belongs, byRaised) });
  }
  client.setQueryData<Alarm>(['alarm', alarm.id], (known) => known && alarm);
  client.setQueryData<Twin>(['twin', alarm.deviceId], (twin) => twin && mergeTwinAlarm(twin, alarm));
  const lists = client.getQueriesData<Pages<Device>>({ queryKey: ['deviceList'] });
  const isLoaded = lists.some(([, data]) => data?.pages.some((page) => page.items.some((device) => device.id === alarm.deviceId)));
  // A device further down a list that is now in trouble belongs to its top.
  if (!alarm.clearedAt && !isLoaded) refresh('deviceList');
}

function applyTwin(client: QueryClient, change: TwinChange) {
  client.setQueryData<Twin>(['twin', change.deviceId], (twin) => twin && mergeTwin(twin, change));
  client.setQueriesData<Pages<Device>>(
    { queryKey: ['deviceList'] },
    (data) => data && { ...data, pages: data.pages.map((page) => mergeDeviceState(page, change)) },
  );
  for (const [metric, reading] of Object.entries(change.values ?? {})) {
    client.setQueriesData<Telemetry>(
      { queryKey: ['telemetry', change.deviceId, metric, 'live'] },
      (series) => series && appendReading(series, reading.value, reading.at),
    );
  }
}

function applyConversation(client: QueryClient, summary: Conversation, refresh: Refresh) {
  for (const [key, data] of client.getQueriesData<Pages<Conversation>>({ queryKey: ['conversationList'] })) {
    const filter = key[1] as ConversationListFilter;
    if (filter.q) refresh(...key);
    else if (data)
      client.setQueryData(key, { ...data, pages: mergeOrdered(data.pages, summary, isTalkOnList(summary, filter), talkOrderOf(filter)) });
  }
  refresh('conversationCounts');
  for (const [key, page] of client.getQueriesData<Page<Conversation>>({ queryKey: ['conversations'] })) {
    const { status, customerId } = key[1] as { status?: string; customerId?: string };
    const belongs = (!status || status === summary.status) && (!customerId || customerId === summary.customerId);
    if (page) client.setQueryData(key, mergeItem(page, summary, belongs));
  }
  client.setQueryData<Versioned<ConversationView>>(
    ['conversation', summary.id],
    (known) => known && { value: mergeConversation(known.value, summary), etag: tagOf(summary.version) },
  );
}

function applyMessage(client: QueryClient, message: ConversationMessage) {
  publishMessage(message);
  if (!message.conversationId) return;
  client.setQueryData<Versioned<ConversationView>>(
    ['conversation', message.conversationId],
    (known) => known && { ...known, value: mergeMessage(known.value, message) },
  );
}

type Timeline = Pages<TimelineEntry>;

/** Whether an entry belongs to the timeline that a query key names. */
function isOnTimeline([, owner, id, filter]: QueryKey, entry: TimelineEntry): boolean {
  if (owner === 'case') return entry.refs?.caseId === id;
  const { kinds, channel } = filter as TimelineFilter;
  return entry.customerId === id && (!kinds || kinds.includes(entry.kind)) && (!channel || channel === entry.channel);
}

function applyEntry(client: QueryClient, kind: string, entry: TimelineEntry, refresh: Refresh) {
  for (const [key, data] of client.getQueriesData<Timeline>({ queryKey: ['timeline'] })) {
    if (data && isOnTimeline(key, entry)) client.setQueryData(key, { ...data, pages: mergeTimeline(data.pages, entry) });
  }
  if (entry.customerId) refreshSeldom(client, ['journey', entry.customerId]);
  if (kind.startsWith('survey.')) refreshFigures(client);
  const deviceId = entry.refs?.deviceId;
  if (kind.startsWith('command.') && deviceId) refresh(...commandListKey(deviceId));
  if (kind.startsWith('device.')) {
    refresh('devices');
    refresh('deviceList');
  }
  if (kind.startsWith('consent.') || kind.startsWith('identity.')) refresh('customer', entry.customerId);
  if (kind.startsWith('offer.')) {
    refresh('offers', entry.customerId);
    if (entry.refs?.campaignId) refresh('report', entry.refs.campaignId);
  }
}
