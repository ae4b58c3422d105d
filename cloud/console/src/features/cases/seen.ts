import type { Case } from '@/api/types';
import { createSeen } from '@/lib/seen';

const seen = createSeen<number>('omniiot.seenCases');

/** A case is new until opened, and again after a reopening. */
export const markSeen = (item: Case) => seen.mark(item.id, item.reopenedCount);

/** A test for whether a case is new to this person. */
export function useIsNew(): (item: Case) => boolean {
  const known = seen.useSeen();
  return (item) => item.status === 'open' && known[item.id] !== item.reopenedCount;
}
