const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export type AgeUnit = 'second' | 'minute' | 'hour' | 'day';

export interface Age {
  count: number;
  unit: AgeUnit;
}

/** A span in the largest unit that fits, cut down: 89 s is 1 minute. Negative spans (clock skew) count as zero. */
export function ageOf(spanMs: number): Age {
  const span = Math.max(0, spanMs);
  if (span < minuteMs) return { count: Math.floor(span / secondMs), unit: 'second' };
  if (span < hourMs) return { count: Math.floor(span / minuteMs), unit: 'minute' };
  if (span < 2 * dayMs) return { count: Math.floor(span / hourMs), unit: 'hour' };
  return { count: Math.floor(span / dayMs), unit: 'day' };
}

/** The local calendar day of a time, as a key that sorts: `2026-11-22`. */
export function dayKey(at: string | number): string {
  const date = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export interface DayGroup<T> {
  day: string;
  items: T[];
}

/** Groups items that are already in time order by local day, keeping their order. */
export function groupByDay<T extends { at: string }>(items: T[]): DayGroup<T>[] {
  const groups: DayGroup<T>[] = [];
  for (const item of items) {
    const day = dayKey(item.at);
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, items: [item] });
  }
  return groups;
}
