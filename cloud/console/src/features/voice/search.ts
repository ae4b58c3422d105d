/** What the address of the page says of what is looked at. */
export interface VoiceSearch {
  days?: number;
  channel?: string;
  theme?: string;
  /** A part of the time, from when and until when; without an end until now. */
  from?: string;
  to?: string;
}

export const periods = [7, 30, 90, 365] as const;

export function readVoiceSearch(raw: Record<string, unknown>): VoiceSearch {
  const text = (key: string) => (typeof raw[key] === 'string' && raw[key] ? (raw[key] as string) : undefined);
  const time = (key: string) => (Number.isNaN(Date.parse(text(key) ?? '')) ? undefined : text(key));
  return {
    days: periods.find((period) => period === Number(raw.days)),
    channel: text('channel'),
    theme: text('theme'),
    from: time('from'),
    to: time('from') && time('to'),
  };
}

/** Few enough bars to be told apart. */
export const bucketOf = (days: number) => (days <= 31 ? 'day' : days <= 100 ? 'week' : 'month');

/** What a part of the time is parted into. */
export const partOf = (bucket: string) => (bucket === 'day' ? 'hour' : 'day');

/** The beginning of the day that many days ago. */
export function fromOf(days: number, nowMs: number): string {
  const day = new Date(nowMs);
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - days);
  return day.toISOString();
}
