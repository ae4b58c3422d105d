import type { TimelineEntry } from '@/api/types';

export const zooms = { week: 7, month: 30, year: 365 } as const;
export type Zoom = keyof typeof zooms;

export interface Stop {
  entry: TimelineEntry;
  /** 0 at the beginning of the time to 1 at its end. */
  x: number;
  /** The lane of the entry's channel, from the top. */
  lane: number;
}

/** What happened within a time, in order, each in the lane of its channel; lanes by first use. */
export function pathOf(entries: TimelineEntry[], fromMs: number, toMs: number): { lanes: string[]; stops: Stop[] } {
  const lanes: string[] = [];
  const stops: Stop[] = [];
  for (const entry of entries.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const at = Date.parse(entry.at);
    if (at < fromMs || at > toMs) continue;
    if (!lanes.includes(entry.channel)) lanes.push(entry.channel);
    stops.push({ entry, x: (at - fromMs) / (toMs - fromMs), lane: lanes.indexOf(entry.channel) });
  }
  return { lanes, stops };
}
