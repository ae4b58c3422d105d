import { useSyncExternalStore } from 'react';

/** At which step somebody is, or that they have seen it or do not want to; missing: they were not asked yet. */
export type Progress = number | 'seen' | undefined;

const storageKey = 'omniiot.tour';
const listeners = new Set<() => void>();
let known = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, Progress>;

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

/** Kept by person in this browser. */
export const progress = {
  set(user: string, at: Progress) {
    known = { ...known, [user]: at };
    localStorage.setItem(storageKey, JSON.stringify(known));
    listeners.forEach((listener) => listener());
  },
  useOf: (user: string) => useSyncExternalStore(subscribe, () => known[user]),
};
