import type { AnomalyPoint } from '@/api/types';
import type { Expected } from './plot';

/** Above it something unusual begins or lasts, as in rules. */
const lasting = 0.99;

/** A stretch in which a metric was unusual. */
export interface Unusual {
  at: string;
  /** Its most unusual reading. */
  peak: AnomalyPoint;
}

/** Stretches of unusual readings, newest first. */
export function unusualOf(points: readonly AnomalyPoint[]): Unusual[] {
  const found: Unusual[] = [];
  let last: Unusual | null = null;
  for (const point of points) {
    if ((point.score ?? 0) <= lasting) {
      last = null;
    } else if (!last) {
      last = { at: point.at, peak: point };
      found.unshift(last);
    } else if (point.score! > last.peak.score!) {
      last.peak = point;
    }
  }
  return found;
}

/** What a reason's amount is of: how many times, readings in a row, or a distance from what was before or was expected. */
export type AmountKind = 'times' | 'run' | 'step' | 'distance';

const kinds: Partial<Record<string, AmountKind>> = { moreNoise: 'times', lessNoise: 'times', flatLine: 'run', step: 'step' };

export const amountKindOf = (reason: string): AmountKind => kinds[reason] ?? 'distance';

/** What was expected, where enough was known. */
export const expectedOf = (points: readonly AnomalyPoint[]): Expected[] =>
  points.flatMap(({ at, low, high }) => (low === null || high === null ? [] : [{ at, low, high }]));
