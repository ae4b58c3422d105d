import { afterEach, describe, expect, it, vi } from 'vitest';
import { whenInView } from './endInView';

let tell: (...inView: boolean[]) => void;
let watched: unknown[];

class FakeObserver {
  constructor(callback: (changes: { isIntersecting: boolean }[]) => void) {
    watched = [];
    tell = (...inView) => callback(inView.map((isIntersecting) => ({ isIntersecting })));
  }
  observe = (element: unknown) => watched.push(element);
  disconnect = () => (watched = []);
}

const end = {} as Element;

function watch() {
  vi.stubGlobal('IntersectionObserver', FakeObserver);
  const seen = vi.fn();
  return { seen, stop: whenInView(end, seen) };
}

describe('The end of a list', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('asks for more when it comes into view, and not before', () => {
    const { seen } = watch();
    tell(false);
    expect(seen).not.toHaveBeenCalled();
    tell(true);
    expect(seen).toHaveBeenCalledOnce();
  });

  it('asks for more when a busy page is told at once that it was not in view and now is', () => {
    const { seen } = watch();
    tell(false, true);
    expect(seen).toHaveBeenCalledOnce();
  });

  it('does not ask when it was passed and is out of view again', () => {
    const { seen } = watch();
    tell(false, true, false);
    expect(seen).not.toHaveBeenCalled();
  });

  it('is no longer watched when the list is gone', () => {
    const { stop } = watch();
    expect(watched).toEqual([end]);
    stop();
    expect(watched).toEqual([]);
  });
});
