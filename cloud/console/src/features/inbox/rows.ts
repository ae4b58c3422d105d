import type { Case, Conversation } from '@/api/types';
import { byAttention } from '../cases/sla';

/** Something to do: a case or a conversation. */
export type Row = { kind: 'case'; id: string; item: Case } | { kind: 'talk'; id: string; item: Conversation };

interface Loaded<T> {
  items: T[];
  hasMore: boolean;
}

const compare = (a: Row, b: Row) => byAttention(a.item, b.item);

/**
 * Two ordered lists as one, as far as both are loaded: below the last row of a list that has more, what is still to come of it might stand
 * before what the other has.
 */
export function rowsOf(cases: Loaded<Case>, talks: Loaded<Conversation>): Row[] {
  const caseRows = cases.items.map((item): Row => ({ kind: 'case', id: item.id, item }));
  const talkRows = talks.items.map((item): Row => ({ kind: 'talk', id: item.id, item }));
  const ends = [cases.hasMore && caseRows.at(-1), talks.hasMore && talkRows.at(-1)].filter((end): end is Row => Boolean(end));
  const all = [...caseRows, ...talkRows].sort(compare);
  return all.filter((row) => ends.every((end) => compare(row, end) <= 0));
}

/** Which list holds the other up: the one whose last loaded row stands first. */
export function nextOf(cases: Loaded<Case>, talks: Loaded<Conversation>): 'cases' | 'talks' | null {
  const [lastCase, lastTalk] = [cases.items.at(-1), talks.items.at(-1)];
  if (!cases.hasMore || !lastCase) return talks.hasMore ? 'talks' : null;
  if (!talks.hasMore || !lastTalk) return 'cases';
  return byAttention<Case | Conversation>(lastCase, lastTalk) <= 0 ? 'cases' : 'talks';
}
