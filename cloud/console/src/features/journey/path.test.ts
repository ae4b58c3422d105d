import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '@/api/types';
import { pathOf } from './path';

const entry = (id: string, at: string, channel: string) => ({ id, at, channel, kind: 'note.added' }) as TimelineEntry;
const from = Date.parse('2026-11-01T00:00:00Z');
const to = Date.parse('2026-11-11T00:00:00Z');

describe('The way of a customer', () => {
  it('goes in the order of time over the lanes of its channels', () => {
    const { lanes, stops } = pathOf(
      [entry('c', '2026-11-06T00:00:00Z', 'sms'), entry('b', '2026-11-03T00:00:00Z', 'webchat'), entry('a', '2026-11-01T00:00:00Z', 'sms')],
      from,
      to,
    );
    expect(lanes).toEqual(['sms', 'webchat']);
    expect(stops.map(({ entry: { id }, x, lane }) => [id, x, lane])).toEqual([
      ['a', 0, 0],
      ['b', 0.2, 1],
      ['c', 0.5, 0],
    ]);
  });

  it('leaves out what lies outside of the time', () => {
    expect(pathOf([entry('a', '2026-10-31T23:59:59Z', 'sms')], from, to)).toEqual({ lanes: [], stops: [] });
  });
});
