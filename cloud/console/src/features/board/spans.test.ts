import { describe, expect, it } from 'vitest';
import { spansOf } from './spans';

describe('The times of the board', () => {
  it('are today and as much of the same day a week ago', () => {
    const now = new Date(2026, 10, 18, 10, 7).getTime();
    const { today, before } = spansOf(now);
    expect(new Date(today.from)).toEqual(new Date(2026, 10, 18));
    expect(new Date(before.from)).toEqual(new Date(2026, 10, 11));
    expect(new Date(before.to)).toEqual(new Date(2026, 10, 11, 10, 15));
  });

  it('are the same for a quarter of an hour, so that nothing is asked twice', () => {
    const at = (minute: number) => spansOf(new Date(2026, 10, 18, 10, minute).getTime());
    expect(at(1)).toEqual(at(14));
    expect(at(1)).not.toEqual(at(16));
  });
});
