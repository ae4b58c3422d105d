import { useEffect, useState, type RefObject } from 'react';

/** Above and below what is seen, so that keys and a quick scroll find rows. */
const spare = 20;
/** The window moves in steps of so many rows: not each pixel draws anew. */
const step = 10;
/** Until a row was measured, pixels. */
const guess = 76;

export interface RowWindow {
  /** The first row that is drawn. */
  from: number;
  /** The first behind them that is not. */
  to: number;
  /** Of one row, pixels. */
  height: number;
}

/** Which rows to draw, where the list's head stands at `top` in a window of `seen` pixels. */
export function windowOf(top: number, seen: number, height: number): RowWindow {
  const from = Math.floor(-top / height) - spare;
  const to = Math.ceil((seen - top) / height) + spare;
  return { from: Math.max(0, Math.floor(from / step) * step), to: Math.max(spare, Math.ceil(to / step) * step), height };
}

/** The rows of a long list that are in view or near it; all rows are of one height, and marked with `data-row`. */
export function useRowWindow(list: RefObject<HTMLElement | null>, count: number): RowWindow {
  const [shown, setShown] = useState<RowWindow>(() => windowOf(0, window.innerHeight, guess));
  useEffect(() => {
    const look = () => {
      if (!list.current) return;
      const height = list.current.querySelector('[data-row]')?.getBoundingClientRect().height || guess;
      const next = windowOf(list.current.getBoundingClientRect().top, window.innerHeight, height);
      setShown((known) => (known.from === next.from && known.to === next.to && known.height === next.height ? known : next));
    };
    look();
    // Of whatever scrolls: the list on a desk, the page on a phone.
    window.addEventListener('scroll', look, { capture: true, passive: true });
    window.addEventListener('resize', look);
    return () => {
      window.removeEventListener('scroll', look, { capture: true });
      window.removeEventListener('resize', look);
    };
  }, [list, count]);
  return { ...shown, from: Math.min(shown.from, count), to: Math.min(shown.to, count) };
}
