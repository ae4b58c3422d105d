import { useSyncExternalStore } from 'react';
import type { Case } from '@/api/types';

/** What this person has opened already, per browser: a case is new until opened, and again after a reopening. */
const storageKey = 'omniiot.seenCases';
const remembered = 2000;
const listeners = new Set<() => void>();
let seen: Record<string, number> = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, number>;

export function markSeen(item: Case) {
  if (seen[item.id] === item.reopenedCount) return;
  const entries = Object.entries({ ...seen, [item.id]: item.reopenedCount }).slice(-remembered);
  seen = Object.fromEntries(entries);
  localStorage.setItem(storageKey, JSON.stringify(seen));
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** A test for whether a case is new to this person. */
export function useIsNew(): (item: Case) => boolean {
  const known = useSyncExternalStore(subscribe, () => seen);
  return (item) => item.status === 'open' && known[item.id] !== item.reopenedCount;
}
