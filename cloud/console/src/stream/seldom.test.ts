import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refreshSeldom } from './seldom';

describe('Figures of a busy desk', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are asked anew at once, and once more after a rest, however much happened', () => {
    const client = new QueryClient();
    const asked = vi.spyOn(client, 'invalidateQueries');
    for (let i = 0; i < 50; i++) refreshSeldom(client, ['seldom-a']);
    expect(asked).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(2_000);
    expect(asked).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(10_000);
    expect(asked).toHaveBeenCalledTimes(2);
  });
});
