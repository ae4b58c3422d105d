import type { Campaign } from '@/api/documents';

export type Phase = 'coming' | 'running' | 'over';

/** Where a campaign stands in its time; without bounds it always runs. */
export function phaseOf({ startsAt, endsAt }: Pick<Campaign, 'startsAt' | 'endsAt'>, nowMs: number): Phase {
  if (startsAt && Date.parse(startsAt) > nowMs) return 'coming';
  if (endsAt && Date.parse(endsAt) <= nowMs) return 'over';
  return 'running';
}
