import { useReducer } from 'react';

/** So many changes can be taken back. */
const most = 200;

export interface Story<T> {
  past: T[];
  now: T;
  future: T[];
  /** What the last change was of: a further one of the same is one with it. */
  of: string | null;
}

type Step<T> = { change: T; of: string | null } | 'back' | 'forth';

export const begun = <T>(now: T): Story<T> => ({ past: [], now, future: [], of: null });

/** The story of a value after a change, or after one was taken back or done again. Pure. */
export function told<T>(story: Story<T>, step: Step<T>): Story<T> {
  const { past, now, future } = story;
  if (step === 'back') {
    const before = past.at(-1);
    return before === undefined ? story : { past: past.slice(0, -1), now: before, future: [now, ...future], of: null };
  }
  if (step === 'forth') {
    const [after, ...rest] = future;
    return after === undefined ? story : { past: [...past, now], now: after, future: rest, of: null };
  }
  if (step.change === now) return story;
  const isSame = step.of !== null && step.of === story.of;
  return { past: isSame ? past : [...past, now].slice(-most), now: step.change, future: [], of: step.of };
}

/** A value whose changes can be taken back. What is typed into one place is one change: `of` names it. */
export function useUndo<T>(first: T) {
  const [story, tell] = useReducer(told<T>, first, begun<T>);
  return {
    now: story.now,
    change: (change: T, of: string | null = null) => tell({ change, of }),
    back: story.past.length > 0 ? () => tell('back') : null,
    forth: story.future.length > 0 ? () => tell('forth') : null,
  };
}
