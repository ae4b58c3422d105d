import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { get, path, urlOf } from './client';
import type { Voice } from './types';

/** The measures of a report's row; those that nothing was measured for are null. */
export interface ReportMeasures {
  contacts: number;
  opened: number;
  closed: number;
  agentHours: number | null;
  closedPerAgentHour: number | null;
  firstContactResolution: number | null;
  waitSecondsP50: number | null;
  waitSecondsP90: number | null;
  abandoned: number;
  transfers: number;
  switches: number;
  contained: number;
  csat: number | null;
  breached: number;
  timeToInformSeconds: number | null;
  timeToRepairSeconds: number | null;
  openedBeforeContact: number;
  selfHealed: number;
  verifiedRepairs: number;
  alarms: number;
  informed: number;
  contacted: number;
  repaired: number;
  answered: number;
}

export type ReportRow = ReportMeasures & { channel?: string; agent?: string; queue?: string; all?: string; at?: string };

export interface ReportSpan {
  from: string;
  to?: string;
  by?: string;
}

/** The stream tells of what changes the figures; a minute at most passes where it does not. */
export const reportRowsQuery = (name: string, span: ReportSpan) =>
  queryOptions({
    queryKey: ['figures', name, span],
    queryFn: ({ signal }) => get<{ items: ReportRow[] }>(path`/reports/${name}`, { ...span }, signal),
    refetchInterval: 60_000,
    placeholderData: keepPreviousData,
  });

export const reportFile = (name: string, span: ReportSpan) => urlOf(path`/reports/${name}`, { ...span, format: 'csv' });

export interface VoiceFilter {
  from: string;
  to?: string;
  bucket: string;
  channel?: string;
  theme?: string;
}

/** Figures with the words behind them, which go on page by page; the figures are those of the first page. */
export const voiceQuery = (filter: VoiceFilter) =>
  infiniteQueryOptions({
    queryKey: ['figures', 'voice', filter],
    queryFn: ({ pageParam, signal }) =>
      // What parts the time was told with the first page.
      get<Voice>('/voice', { ...filter, bucket: pageParam === null ? filter.bucket : null, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Voice) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });
