import { useEffect, useState } from 'react';
import { session } from '@/api/session';

/** Where a draft waits: in this tab, for the person who wrote it. */
const placeOf = (key: string) => `omniiot.draft.${session.current()?.user ?? ''}.${key}`;

function read<T>(key: string): T | undefined {
  try {
    const text = sessionStorage.getItem(placeOf(key));
    return text === null ? undefined : (JSON.parse(text) as T);
  } catch {
    // Written by an older version of the page, or not allowed here: then there is no draft.
    return undefined;
  }
}

/** Keeps a draft for when its component is there again, or takes it away: `null`. */
export function keepDraft(key: string, value: unknown) {
  if (value === null) sessionStorage.removeItem(placeOf(key));
  else sessionStorage.setItem(placeOf(key), JSON.stringify(value));
}

/** Who shows a draft now, by its place. */
const shown = new Map<string, Set<(change: never) => void>>();

/**
 * Changes a draft from outside of what shows it: where it is written just now, else where it waits. `empty` is what it is when there is
 * none.
 */
export function changeDraft<T>(key: string, empty: T, change: (known: T) => T) {
  const writers = shown.get(placeOf(key));
  if (writers?.size) writers.forEach((tell) => tell(change as never));
  else keepDraft(key, change(read<T>(key) ?? empty));
}

/** Is told of changes from outside until the answer is called. */
export function showDraft<T>(key: string, tell: (change: (known: T) => T) => void): () => void {
  const place = placeOf(key);
  const writers = shown.get(place) ?? new Set();
  shown.set(place, writers.add(tell));
  return () => {
    writers.delete(tell);
    if (writers.size === 0) shown.delete(place);
  };
}

/**
 * What somebody is writing, which survives that the page is left or reloaded. `empty` is what is not worth keeping, and must be the same
 * at every call. A component is for one key: give it `key` where it may show another.
 */
export function useDraft<T>(key: string, empty: T) {
  const [value, setValue] = useState<T>(() => read<T>(key) ?? empty);
  useEffect(() => {
    keepDraft(key, value === empty ? null : value);
  }, [key, value, empty]);
  useEffect(() => showDraft<T>(key, setValue), [key]);
  return [value, setValue] as const;
}
