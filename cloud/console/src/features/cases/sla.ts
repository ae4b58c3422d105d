import type { Case, Conversation, SlaClock } from '@/api/types';

/** What promises are made on: a case or a conversation. */
export type Promised = Pick<Case | Conversation, 'status' | 'sla'>;

export type SlaKind = 'response' | 'next' | 'resolution';

export interface SlaState {
  /** Null: all that was promised is kept or over. */
  kind: SlaKind | null;
  /** Left until due; negative when overdue. */
  leftMs: number;
  /** Somebody waits, so that the clock stands still. */
  isPaused: boolean;
  /** Something was not kept before. */
  isBroken: boolean;
}

const over = ['resolved', 'closed', 'verifying'];

/** What of a clock runs still, with when it is due. */
function running({ firstResponseDueAt, firstRespondedAt, nextResponseDueAt, resolutionDueAt }: SlaClock): [SlaKind, string][] {
  const all: [SlaKind, string | null | undefined][] = [
    ['response', firstRespondedAt ? null : firstResponseDueAt],
    ['next', nextResponseDueAt],
    ['resolution', resolutionDueAt],
  ];
  return all.filter((one): one is [SlaKind, string] => Boolean(one[1]));
}

/** The next promise that is still to be kept; null where nothing is promised or all is over. */
export function slaOf({ sla, status }: Promised, nowMs: number): SlaState | null {
  if (!sla || over.includes(status)) return null;
  const isBroken = (sla.breached?.length ?? 0) > 0;
  const isPaused = Boolean(sla.pausedAt);
  const due = running(sla).map(([kind, at]) => ({ kind, leftMs: Date.parse(at) - nowMs }));
  const first = due.reduce<(typeof due)[number] | null>((least, one) => (least && least.leftMs <= one.leftMs ? least : one), null);
  return first || isBroken ? { kind: first?.kind ?? null, leftMs: first?.leftMs ?? 0, isPaused, isBroken } : null;
}

/** What the server takes for a time that never comes. */
const latest = 253_402_300_799_999;

/** The order of lists that begin with what is not kept. */
export const byAttention = <T extends Pick<Promised, 'sla'> & { id: string }>(a: T, b: T) =>
  attentionOf(a) - attentionOf(b) || (a.id < b.id ? -1 : Number(a.id > b.id));

/** What is not kept comes first, then what is due next, as the server orders: a number that is less the more pressing it is. */
export function attentionOf({ sla }: Pick<Promised, 'sla'>): number {
  const due = sla ? running(sla).map(([, at]) => Date.parse(at)) : [];
  const kept = (sla?.breached?.length ?? 0) > 0 ? 0 : 1e15;
  return kept + Math.min(latest, ...due);
}
