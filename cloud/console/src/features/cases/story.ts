import type { Alarm, Case, TimelineEntry } from '@/api/types';

/** What else is told beside a case's own entries: what happened this long before its first symptom. */
const beforeMs = 30 * 24 * 3_600_000;

/** One part of a story, newest first. */
export interface Source {
  entries: readonly TimelineEntry[];
  /** How far back it is loaded, in epoch milliseconds; all of it: minus infinity. */
  loadedToMs: number;
}

const atOf = (entry: TimelineEntry) => Date.parse(entry.at);

/** How far back entries that are read page by page are loaded. */
export const loadedToMs = (entries: readonly TimelineEntry[], hasMore: boolean) =>
  hasMore && entries.length > 0 ? atOf(entries.at(-1)!) : -Infinity;

/** Several parts as one story, newest first: as far back as all of them are loaded, so that nothing appears between later. */
export function interleave(sources: readonly Source[]): TimelineEntry[] {
  const from = Math.max(...sources.map((source) => source.loadedToMs));
  return sources
    .flatMap(({ entries }) => entries)
    .filter((entry) => atOf(entry) >= from)
    .toSorted((a, b) => atOf(b) - atOf(a));
}

/** The source that holds the story back: more of it must be loaded first. Negative when all are loaded. */
export function nextOf(sources: readonly Source[]): number {
  const latest = Math.max(...sources.map((source) => source.loadedToMs));
  return latest === -Infinity ? -1 : sources.findIndex((source) => source.loadedToMs === latest);
}

const beginOf = (item: Case) => Date.parse(item.firstSymptomAt) - beforeMs;
const isInTime = (item: Case, ms: number) => ms >= beginOf(item) && ms <= (item.resolvedAt ? Date.parse(item.resolvedAt) : Infinity);

/** A device's alarms of the case's time that are not its own, as entries of its story. `tell` says what became of one. */
export function otherAlarms(item: Case, alarms: readonly Alarm[], hasMore: boolean, tell: (alarm: Alarm) => string): Source {
  const entries = alarms
    .filter((alarm) => alarm.caseId !== item.id && !item.alarmIds.includes(alarm.id))
    .map((alarm) => entryOf(item, alarm, tell));
  const oldest = alarms.at(-1);
  return within(item, entries, hasMore && oldest ? Date.parse(oldest.raisedAt) : -Infinity);
}

const entryOf = (item: Case, alarm: Alarm, tell: (alarm: Alarm) => string): TimelineEntry => ({
  id: `alarm:${alarm.id}`,
  customerId: item.customerId,
  at: alarm.raisedAt,
  recordedAt: alarm.raisedAt,
  kind: 'alarm.raised',
  channel: 'device',
  direction: 'in',
  actor: `device:${alarm.deviceId}`,
  title: alarm.type,
  text: tell(alarm),
  refs: { deviceId: alarm.deviceId, alarmId: alarm.id, caseId: alarm.caseId },
  data: {},
});

/** The customer's messages of the case's time that are not entries of it already. */
export function otherMessages(item: Case, messages: readonly TimelineEntry[], hasMore: boolean): Source {
  const entries = messages.filter((entry) => entry.refs.caseId !== item.id);
  return within(item, entries, loadedToMs(messages, hasMore));
}

/** What happened before the case's time is not looked for. */
function within(item: Case, entries: readonly TimelineEntry[], endMs: number): Source {
  return {
    entries: entries.filter((entry) => isInTime(item, atOf(entry))),
    loadedToMs: endMs < beginOf(item) ? -Infinity : endMs,
  };
}
