import type { Hours } from './documents';

/** As the API calls them; the week begins on Monday. */
export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof days)[number];

/** A stretch of a day, both ends as parts of the day from 0 to 1. */
export interface Stretch {
  from: number;
  to: number;
}

const partOf = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) / 1440;
};

/** When a day has working hours, in their order; what ends before it begins has none. */
export function stretchesOf(hours: readonly Hours[], day: Day): Stretch[] {
  return hours
    .filter((entry) => !entry.days?.length || entry.days.includes(day))
    .map(({ from, to }) => ({ from: partOf(from), to: to === '00:00' ? 1 : partOf(to) }))
    .filter(({ from, to }) => from < to)
    .sort((a, b) => a.from - b.from);
}
