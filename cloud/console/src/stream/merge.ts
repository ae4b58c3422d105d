import type { TwinChange } from '@/api/documents';
import type { AlarmListFilter } from '@/api/lists';
import type {
  Alarm,
  Conversation,
  ConversationMessage,
  ConversationView,
  Device,
  Page,
  Telemetry,
  TelemetryBucket,
  TimelineEntry,
  Twin,
} from '@/api/types';

/** Puts a changed item into a page: replaced where it stands, added first when it belongs, removed when it no longer does. */
export function mergeItem<T extends { id: string }>(page: Page<T>, item: T, belongs: boolean): Page<T> {
  const index = page.items.findIndex((other) => other.id === item.id);
  if (index < 0) return belongs ? { ...page, items: [item, ...page.items] } : page;
  const items = page.items.slice();
  if (belongs) items[index] = item;
  else items.splice(index, 1);
  return { ...page, items };
}

/**
 * Puts a changed item into the loaded pages of an ordered list. One that belongs where nothing is loaded yet is left to that loading.
 */
export function mergeOrdered<T extends { id: string }>(
  pages: Page<T>[],
  item: T,
  belongs: boolean,
  order: (a: T, b: T) => number,
): Page<T>[] {
  const without = pages.map((page) =>
    page.items.some((other) => other.id === item.id) ? { ...page, items: page.items.filter((other) => other.id !== item.id) } : page,
  );
  if (!belongs) return without;
  for (let p = 0; p < without.length; p++) {
    const index = without[p]!.items.findIndex((other) => order(item, other) < 0);
    if (index >= 0) return insertAt(without, p, index, item);
  }
  const last = without.length - 1;
  return last < 0 || without[last]!.next ? without : insertAt(without, last, without[last]!.items.length, item);
}

export function alarmBelongs(filter: AlarmListFilter, alarm: Alarm): boolean {
  const state = alarm.clearedAt ? 'cleared' : 'active';
  return (
    (!filter.deviceId || filter.deviceId === alarm.deviceId) &&
    (!filter.caseId || filter.caseId === alarm.caseId) &&
    (!filter.state || filter.state === state)
  );
}

/**
 * Inserts an entry into a timeline's loaded pages, newest first. An entry that stands already is replaced;
 * one older than everything loaded, while more is to be loaded, is left to that loading.
 */
export function mergeTimeline(pages: Page<TimelineEntry>[], entry: TimelineEntry): Page<TimelineEntry>[] {
  const known = pages.findIndex((page) => page.items.some((item) => item.id === entry.id));
  if (known >= 0) {
    return pages.map((page, i) =>
      i === known ? { ...page, items: page.items.map((item) => (item.id === entry.id ? entry : item)) } : page,
    );
  }
  const at = Date.parse(entry.at);
  for (let p = 0; p < pages.length; p++) {
    const index = pages[p]!.items.findIndex((item) => Date.parse(item.at) <= at);
    if (index >= 0) return insertAt(pages, p, index, entry);
  }
  const last = pages.length - 1;
  if (last < 0 || pages[last]!.next) return pages;
  return insertAt(pages, last, pages[last]!.items.length, entry);
}

function insertAt<T>(pages: Page<T>[], p: number, index: number, entry: T): Page<T>[] {
  return pages.map((page, i) => (i === p ? { ...page, items: [...page.items.slice(0, index), entry, ...page.items.slice(index)] } : page));
}

/** A twin after a change: a value replaces the known one only when it is not older. */
export function mergeTwin(twin: Twin, change: TwinChange): Twin {
  const values = { ...twin.values };
  for (const [metric, reading] of Object.entries(change.values ?? {})) {
    const known = values[metric];
    if (!known || Date.parse(known.at) <= Date.parse(reading.at)) values[metric] = reading;
  }
  return { ...twin, ...change, values, lastSeenAt: newest(twin.lastSeenAt, change) };
}

export function mergeDeviceState(page: Page<Device>, change: TwinChange): Page<Device> {
  if (!page.items.some((device) => device.id === change.deviceId)) return page;
  return {
    ...page,
    items: page.items.map((device) =>
      device.id === change.deviceId
        ? { ...device, connected: change.connected, health: change.health, lastSeenAt: newest(device.lastSeenAt, change) }
        : device,
    ),
  };
}

/** The latest of what was known and the readings of a change. */
function newest(known: string | null | undefined, change: TwinChange): string | null {
  const times = Object.values(change.values ?? {}).map((reading) => reading.at);
  if (change.lastSeenAt) times.push(change.lastSeenAt);
  return times.reduce<string | null>((last, at) => (last && Date.parse(last) >= Date.parse(at) ? last : at), known ?? null);
}

/** Alarms of a twin after one of them changed: active ones only, as the twin tells them. */
export function mergeTwinAlarm(twin: Twin, alarm: Alarm): Twin {
  const others = twin.alarms.filter((known) => known.id !== alarm.id);
  return { ...twin, alarms: alarm.clearedAt ? others : [alarm, ...others] };
}

/** A series that reaches until now, with one more reading; older or non-numeric readings change nothing. */
export function appendReading(series: Telemetry, value: unknown, at: string): Telemetry {
  if (typeof value !== 'number' || !Number.isFinite(value)) return series;
  const last = series.points.at(-1);
  if (last && Date.parse(last.at) >= Date.parse(at)) return series;
  const point: TelemetryBucket = { at, min: value, avg: value, max: value, count: 1 };
  return { ...series, points: [...series.points, point] };
}

export function mergeMessage(conversation: ConversationView, message: ConversationMessage): ConversationView {
  const { messages } = conversation;
  const known = messages.some((other) => other.id === message.id);
  return {
    ...conversation,
    // A note is no message of the talk: it changes nothing in its place among others.
    lastMessageAt: message.direction === 'internal' ? conversation.lastMessageAt : message.at,
    messages: known ? messages.map((other) => (other.id === message.id ? message : other)) : [...messages, message],
  };
}

/** A conversation's summary laid over what is known of it; the messages stay. */
export const mergeConversation = (known: ConversationView, summary: Conversation): ConversationView => ({
  ...known,
  ...summary,
  messages: known.messages,
});
