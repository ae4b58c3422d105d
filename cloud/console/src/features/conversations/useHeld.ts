import { useCallback, useEffect, useRef } from 'react';
import { keepDraft, useDraft } from '@/lib/useDraft';
import { nothing, type Draft } from './draft';

/** So long an answer can be taken back before it leaves. */
export const holdMs = 5_000;

interface Held {
  draft: Draft;
  /** When it leaves, in epoch milliseconds. */
  at: number;
}

/**
 * Holds an answer back for a moment. Who goes to another page has made up their mind: it leaves at once. After a reload within the moment
 * it is a draft again, by `onBack`: nothing is lost and nothing is sent twice.
 */
export function useHeld(key: string, onLeave: (draft: Draft) => void, onBack: (draft: Draft) => void) {
  const [held, setHeld] = useDraft<Held | null>(key, null);
  const now = useRef({ held, onLeave, isOwn: false });
  Object.assign(now.current, { held, onLeave });

  const undo = useCallback(() => {
    const { held: back } = now.current;
    now.current.held = null;
    setHeld(null);
    if (back) onBack(back.draft);
  }, [onBack, setHeld]);

  useEffect(() => {
    if (!held) return;
    if (!now.current.isOwn) return undo();
    const timer = setTimeout(() => {
      // Leaving the page now must not send it again.
      now.current.held = null;
      setHeld(null);
      now.current.onLeave(held.draft);
    }, held.at - Date.now());
    return () => clearTimeout(timer);
  }, [held, setHeld, undo]);

  useEffect(
    () => () => {
      const { held: left, isOwn } = now.current;
      if (!left || !isOwn) return;
      keepDraft(key, null);
      now.current.onLeave(left.draft);
    },
    [key],
  );

  const hold = (draft: Draft) => {
    now.current.isOwn = true;
    setHeld({ draft: { ...nothing, ...draft }, at: Date.now() + holdMs });
  };
  return { held, hold, undo };
}
