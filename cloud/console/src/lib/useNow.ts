import { useSyncExternalStore } from 'react';

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    listeners.forEach((each) => each());
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The present moment in epoch milliseconds, one tick a second shared by all that show an age. */
export const useNow = () => useSyncExternalStore(subscribe, () => now);

/** What a moment makes of something, in words or figures: drawn anew when that changes, not every second. */
export const useAtNow = <T extends string | number | null>(of: (nowMs: number) => T): T => useSyncExternalStore(subscribe, () => of(now));
