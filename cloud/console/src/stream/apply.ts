import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query';
import type { Versioned } from '@/api/client';
import type { TimelineFilter } from '@/api/queries';
import type {
  Alarm, Case, Conversation, Device, Message, Page, Telemetry, TimelineEntry, Twin, TwinChange,
} from '@/api/types';
import {
  alarmBelongs, appendReading, caseBelongs, mergeConversation, mergeDeviceState, mergeItem, mergeMessage,
  mergeTimeline, mergeTwin, mergeTwinAlarm, type AlarmFilter, type CaseFilter,
} from './merge';
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

type Refresh = (...key: QueryKey) => void;

function apply(client: QueryClient, kind: string, data: unknown, refresh: Refresh) {
  switch (kind) {
    case 'case':
      return applyCase(client, data as Case, refresh);
    case 'alarm':
      return applyAlarm(client, data as Alarm);
    case 'twin':
      return applyTwin(client, data as TwinChange);
    case 'visit':
      refresh('present');
      return refresh('visits', (data as { customerId: string }).customerId);
    case 'offer':
      refresh('report', (data as { campaignId: string }).campaignId);
      return refresh('offers', (data as { customerId: string }).customerId);
    case 'decision':
      return refresh('report', (data as { campaignId: string }).campaignId);
    case 'conversation':
      return applyConversation(client, data as Conversation);
    case 'message':
      return applyMessage(client, data as Message);
    default:
      return applyEntry(client, kind, data as TimelineEntry, refresh);
  }
}

function applyCase(client: QueryClient, item: Case, refresh: Refresh) {
  for (const [key, page] of client.getQueriesData<Page<Case>>({ queryKey: ['cases'] })) {
    if (page) client.setQueryData(key, mergeItem(page, item, caseBelongs(key[1] as CaseFilter, item)));
  }
  client.setQueryData<Versioned<Case>>(['case', item.id], (known) => known && { ...known, value: item });
  // The stream tells no version; without a fresh ETag the next change would be refused as stale.
  refresh('case', item.id);
}

function applyAlarm(client: QueryClient, alarm: Alarm) {
  for (const [key, page] of client.getQueriesData<Page<Alarm>>({ queryKey: ['alarms'] })) {
    if (page) client.setQueryData(key, mergeItem(page, alarm, alarmBelongs(key[1] as AlarmFilter, alarm)));
  }
  client.setQueryData<Twin>(['twin', alarm.deviceId], (twin) => twin && mergeTwinAlarm(twin, alarm));
}

function applyTwin(client: QueryClient, change: TwinChange) {
  client.setQueryData<Twin>(['twin', change.deviceId], (twin) => twin && mergeTwin(twin, change));
  client.setQueriesData<Page<Device>>({ queryKey: ['devices'] }, (page) => page && mergeDeviceState(page, change));
  for (const [metric, reading] of Object.entries(change.values ?? {})) {
    client.setQueriesData<Telemetry>(
      { queryKey: ['telemetry', change.deviceId, metric, 'live'] },
      (series) => series && appendReading(series, reading.value, reading.at),
    );
  }
}

function applyConversation(client: QueryClient, summary: Conversation) {
  for (const [key, page] of client.getQueriesData<Page<Conversation>>({ queryKey: ['conversations'] })) {
    const { status, customerId } = key[1] as { status?: string; customerId?: string };
    const belongs = (!status || status === summary.status) && (!customerId || customerId === summary.customerId);
    if (page) client.setQueryData(key, mergeItem(page, summary, belongs));
  }
  client.setQueryData<Conversation>(['conversation', summary.id], (known) => known && mergeConversation(known, summary));
}

function applyMessage(client: QueryClient, message: Message) {
  if (!message.conversationId) return;
  client.setQueryData<Conversation>(
    ['conversation', message.conversationId],
    (known) => known && mergeMessage(known, message),
  );
}

type Timeline = InfiniteData<Page<TimelineEntry>>;

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
  const deviceId = entry.refs?.deviceId;
  if (kind.startsWith('command.') && deviceId) refresh('commands', deviceId);
  if (kind.startsWith('device.')) refresh('devices');
  if (kind.startsWith('consent.') || kind.startsWith('identity.')) refresh('customer', entry.customerId);
  if (kind.startsWith('offer.')) {
    refresh('offers', entry.customerId);
    if (entry.refs?.campaignId) refresh('report', entry.refs.campaignId);
  }
}
