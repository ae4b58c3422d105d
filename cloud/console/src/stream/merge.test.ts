import { describe, expect, it } from 'vitest';
import type { ConversationView, Page, TimelineEntry, Twin } from '@/api/types';
import { alarmBelongs, appendReading, mergeItem, mergeMessage, mergeOrdered, mergeTimeline, mergeTwin } from './merge';

const at = (second: number) => new Date(Date.UTC(2026, 10, 22, 1, 0, second)).toISOString();
const entry = (id: string, second: number) => ({ id, at: at(second), title: id }) as TimelineEntry;
const page = (next: string | null, ...items: TimelineEntry[]): Page<TimelineEntry> => ({ items, next });
const ids = (pages: Page<TimelineEntry>[]) => pages.map((p) => p.items.map((item) => item.id));

describe('mergeItem', () => {
  const list = {
    items: [
      { id: 'a', v: 1 },
      { id: 'b', v: 1 },
    ],
    next: null,
  };

  it('replaces a known item where it stands', () => {
    expect(mergeItem(list, { id: 'b', v: 2 }, true).items).toEqual([
      { id: 'a', v: 1 },
      { id: 'b', v: 2 },
    ]);
  });

  it('puts a new item first', () => {
    expect(mergeItem(list, { id: 'c', v: 1 }, true).items.map((item) => item.id)).toEqual(['c', 'a', 'b']);
  });

  it('removes an item that no longer belongs', () => {
    expect(mergeItem(list, { id: 'a', v: 2 }, false).items.map((item) => item.id)).toEqual(['b']);
  });

  it('keeps the very page when nothing changes', () => {
    expect(mergeItem(list, { id: 'x', v: 1 }, false)).toBe(list);
  });
});

describe('mergeTimeline', () => {
  const pages = [page('more', entry('e5', 50), entry('e4', 40)), page(null, entry('e2', 20))];

  it('puts the newest entry first', () => {
    expect(ids(mergeTimeline(pages, entry('e6', 60)))).toEqual([['e6', 'e5', 'e4'], ['e2']]);
  });

  it('puts a late entry at its own time', () => {
    expect(ids(mergeTimeline(pages, entry('e3', 30)))).toEqual([
      ['e5', 'e4'],
      ['e3', 'e2'],
    ]);
  });

  it('does not double an entry that comes twice', () => {
    expect(ids(mergeTimeline(pages, entry('e4', 40)))).toEqual(ids(pages));
  });

  it('appends the oldest when all is loaded', () => {
    expect(ids(mergeTimeline(pages, entry('e1', 10)))).toEqual([
      ['e5', 'e4'],
      ['e2', 'e1'],
    ]);
  });

  it('leaves an entry older than what is loaded to the loading', () => {
    const some = [page('more', entry('e5', 50))];
    expect(mergeTimeline(some, entry('e1', 10))).toBe(some);
  });
});

describe('mergeTwin', () => {
  const twin = { connected: true, health: 'ok', lastSeenAt: at(10), values: { t: { value: 1, at: at(10) } } } as unknown as Twin;
  const change = { deviceId: 'd', connected: true, health: 'major' as const };

  it('takes a newer value and its time as last seen', () => {
    const merged = mergeTwin(twin, { ...change, values: { t: { value: 2, at: at(11) } } });
    expect(merged.values.t).toEqual({ value: 2, at: at(11) });
    expect(merged.lastSeenAt).toBe(at(11));
    expect(merged.health).toBe('major');
  });

  it('keeps a newer value against an older one', () => {
    const merged = mergeTwin(twin, { ...change, values: { t: { value: 0, at: at(9) } } });
    expect(merged.values.t?.value).toBe(1);
    expect(merged.lastSeenAt).toBe(at(10));
  });
});

describe('appendReading', () => {
  const series = { metric: 't', unit: null, points: [{ at: at(10), min: 1, avg: 1, max: 1, count: 1 }] };

  it('appends a newer number', () => {
    expect(appendReading(series, 2, at(11)).points.at(-1)).toEqual({ at: at(11), min: 2, avg: 2, max: 2, count: 1 });
  });

  it.each([
    ['open', at(11)],
    [Number.NaN, at(11)],
    [2, at(10)],
    [2, at(9)],
  ])('ignores %s at %s', (value, time) => {
    expect(appendReading(series, value, time)).toBe(series);
  });
});

describe('mergeMessage', () => {
  const conversation = {
    id: 'c',
    messages: [{ id: 'm1', at: at(1), direction: 'out', author: null, text: 'a', state: 'sent' }],
  } as unknown as ConversationView;

  it('updates the state of a known message instead of doubling it', () => {
    const merged = mergeMessage(conversation, { ...conversation.messages[0]!, state: 'read' });
    expect(merged.messages?.map((m) => m.state)).toEqual(['read']);
  });

  it('appends a new message and tells its time', () => {
    const merged = mergeMessage(conversation, {
      id: 'm2',
      conversationId: 'c',
      at: at(2),
      direction: 'in',
      author: 'customer:ann',
      text: 'b',
      state: 'received',
    });
    expect(merged.messages?.map((m) => m.id)).toEqual(['m1', 'm2']);
    expect(merged.lastMessageAt).toBe(at(2));
  });

  it('leaves the time of the talk as it is for a note', () => {
    const note = { ...conversation.messages[0]!, id: 'm3', at: at(9), direction: 'internal' as const };
    expect(mergeMessage({ ...conversation, lastMessageAt: at(1) }, note).lastMessageAt).toBe(at(1));
  });
});

describe('An ordered list that is loaded in part', () => {
  const rows = (...n: number[]) => n.map((value) => ({ id: String(value), value }));
  const byValue = (a: { value: number }, b: { value: number }) => a.value - b.value;
  type Row = { id: string; value: number };
  const pages: Page<Row>[] = [
    { items: rows(1, 3), next: 'x' },
    { items: rows(5, 7), next: 'y' },
  ];
  const values = (result: Page<Row>[]) => result.map((p) => p.items.map((item) => item.value));

  it('takes a new row where it belongs', () => {
    expect(values(mergeOrdered(pages, { id: 'n', value: 4 }, true, byValue))).toEqual([
      [1, 3],
      [4, 5, 7],
    ]);
  });

  it('moves a row whose place has changed', () => {
    expect(values(mergeOrdered(pages, { id: '7', value: 2 }, true, byValue))).toEqual([[1, 2, 3], [5]]);
  });

  it('drops a row that no longer belongs', () => {
    expect(values(mergeOrdered(pages, { id: '3', value: 3 }, false, byValue))).toEqual([[1], [5, 7]]);
  });

  it('leaves a row beyond what is loaded to the loading, unless all is loaded', () => {
    expect(values(mergeOrdered(pages, { id: 'n', value: 9 }, true, byValue))).toEqual([
      [1, 3],
      [5, 7],
    ]);
    const whole = [pages[0]!, { ...pages[1]!, next: null }];
    expect(values(mergeOrdered(whole, { id: 'n', value: 9 }, true, byValue))).toEqual([
      [1, 3],
      [5, 7, 9],
    ]);
  });
});

describe('Belonging to a list', () => {
  it('tells active alarms from cleared ones', () => {
    const alarm = { deviceId: 'd1', clearedAt: null } as Parameters<typeof alarmBelongs>[1];
    expect(alarmBelongs({ deviceId: 'd1', state: 'active' }, alarm)).toBe(true);
    expect(alarmBelongs({ state: 'cleared' }, alarm)).toBe(false);
    expect(alarmBelongs({ caseId: 'k1' }, alarm)).toBe(false);
  });
});
