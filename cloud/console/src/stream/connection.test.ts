import { describe, expect, it } from 'vitest';
import { backoffMs } from './connection';

describe('backoffMs', () => {
  it('starts with at most half a second', () => {
    expect(backoffMs(0, 0.999)).toBeLessThanOrEqual(500);
  });

  it('doubles', () => {
    expect(backoffMs(3, 0)).toBe(2 * backoffMs(2, 0));
  });

  it('never exceeds 15 seconds', () => {
    expect(backoffMs(1000, 1)).toBe(15_000);
  });

  it('is spread by chance, so that not all consoles come back at once', () => {
    expect(backoffMs(5, 0)).toBeLessThan(backoffMs(5, 0.9));
  });
});
