import { useSyncExternalStore } from 'react';

/** So many are remembered; the oldest are forgotten first. */
const remembered = 2000;

/** What a person has opened already, kept per browser: an id with the state in which it was seen. */
export function createSeen<T extends string | number>(storageKey: string) {
  const listeners = new Set<() => void>();
  let seen = JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Record<string, T>;
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  return {
    mark(id: string, state: T) {
      if (seen[id] === state) return;
      const { [id]: _, ...others } = seen;
      seen = Object.fromEntries([...Object.entries(others), [id, state]].slice(-remembered)) as Record<string, T>;
      localStorage.setItem(storageKey, JSON.stringify(seen));
      listeners.forEach((listener) => listener());
    },
    /** The states in which things were last seen, by id. */
    useSeen: () => useSyncExternalStore(subscribe, () => seen),
  };
}
