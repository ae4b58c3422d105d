/** What the address of the page says of what is looked at. */
export interface VoiceSearch {
  days?: number;
  channel?: string;
  theme?: string;
}

export const periods = [7, 30, 90, 365] as const;

export function readVoiceSearch(raw: Record<string, unknown>): VoiceSearch {
  const text = (key: string) => (typeof raw[key] === 'string' && raw[key] ? (raw[key] as string) : undefined);
  return { days: periods.find((period) => period === Number(raw.days)), channel: text('channel'), theme: text('theme') };
}

/** Few enough bars to be told apart. */
export const bucketOf = (days: number) => (days <= 31 ? 'day' : days <= 100 ? 'week' : 'month');

/** The beginning of the day that many days ago. */
export function fromOf(days: number, nowMs: number): string {
  const day = new Date(nowMs);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - days);
  return day.toISOString();
}
