import { describe, expect, it } from 'vitest';
import type { AnomalyPoint } from '@/api/types';
import { amountKindOf, expectedOf, unusualOf } from './unusual';

const point = (second: number, score: number | null): AnomalyPoint => ({
  at: new Date(second * 1000).toISOString(),
  value: second,
  score,
  low: score === null ? null : 1,
  high: score === null ? null : 9,
  why: null,
  reason: null,
  amount: null,
});

describe('unusualOf', () => {
  it('joins what lasts, keeps the peak of each stretch, and tells the newest first', () => {
    const points = [point(0, null), point(1, 0.5), point(2, 0.995), point(3, 0.9999), point(4, 0.2), point(5, 0.992)];

    expect(unusualOf(points)).toEqual([
      { at: points[5]!.at, peak: points[5] },
      { at: points[2]!.at, peak: points[3] },
    ]);
  });
});

describe('amountKindOf', () => {
  it.each([
    ['moreNoise', 'times'],
    ['lessNoise', 'times'],
    ['flatLine', 'run'],
    ['step', 'step'],
    ['higher', 'distance'],
    ['missingPeak', 'distance'],
  ])('of %s is %s', (reason, kind) => {
    expect(amountKindOf(reason)).toBe(kind);
  });
});

describe('expectedOf', () => {
  it('leaves out what was not known yet', () => {
    expect(expectedOf([point(0, null), point(1, 0.5)])).toEqual([{ at: new Date(1000).toISOString(), low: 1, high: 9 }]);
  });
});
