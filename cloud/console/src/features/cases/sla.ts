import type { Case } from '@/api/types';

export interface SlaState {
  kind: 'response' | 'resolution';
  /** Left until due; negative when overdue. */
  leftMs: number;
}

/** The next promise of a case that is still to be kept, if any. */
export function slaOf(item: Case, nowMs: number): SlaState | null {
  const sla = item.sla;
  if (!sla || item.status === 'resolved' || item.status === 'closed') return null;
  if (sla.firstResponseDueAt && !sla.firstRespondedAt) {
    return { kind: 'response', leftMs: Date.parse(sla.firstResponseDueAt) - nowMs };
  }
  if (sla.resolutionDueAt && item.status !== 'verifying') {
    return { kind: 'resolution', leftMs: Date.parse(sla.resolutionDueAt) - nowMs };
  }
  return null;
}
