import { describe, expect, it } from 'vitest';
import { ageOf, groupByDay } from './time';

describe('ageOf', () => {
  it.each([
    [0, 0, 'second'],
    [-5_000, 0, 'second'],
    [59_999, 59, 'second'],
    [60_000, 1, 'minute'],
    [3_599_999, 59, 'minute'],
    [3_600_000, 1, 'hour'],
    [47 * 3_600_000, 47, 'hour'],
    [48 * 3_600_000, 2, 'day'],
  ])('tells %d ms as %d %s', (spanMs, count, unit) => {
    expect(ageOf(spanMs)).toEqual({ count, unit });
  });
});

describe('groupByDay', () => {
  it('keeps order and starts a group at each local midnight', () => {
    const local = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString();
    const groups = groupByDay([{ at: local(22, 1) }, { at: local(22, 0) }, { at: local(21, 23) }]);
    expect(groups.map((group) => [group.day, group.items.length])).toEqual([
      ['2026-11-22', 2],
      ['2026-11-21', 1],
    ]);
  });
});
