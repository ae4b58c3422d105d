import { describe, expect, it } from 'vitest';
import { windowOf } from './useRowWindow';

describe('windowOf', () => {
  it('draws what is seen and some more, in steps', () => {
    expect(windowOf(200, 800, 80)).toEqual({ from: 0, to: 30, height: 80 });
    expect(windowOf(-80_000, 800, 80)).toEqual({ from: 980, to: 1030, height: 80 });
  });

  it('stays the same within a step', () => {
    expect(windowOf(-80_100, 800, 80).from).toBe(windowOf(-80_000, 800, 80).from);
  });

  it('draws few rows, however long the list', () => {
    const { from, to } = windowOf(-400_000, 800, 80);
    expect(to - from).toBeLessThanOrEqual(70);
  });
});
