import { describe, expect, it } from 'vitest';
import { lanesOf, runsOf } from './runs';

const reading = (second: number, value: string) => ({ at: new Date(second * 1000).toISOString(), value, seq: null });

describe('runsOf', () => {
  it('joins readings of one value, each until the next, the last until the end', () => {
    expect(runsOf([reading(0, 'ready'), reading(2, 'ready'), reading(5, 'brewing'), reading(6, 'ready')], 9000)).toEqual([
      { value: 'ready', fromMs: 0, toMs: 5000 },
      { value: 'brewing', fromMs: 5000, toMs: 6000 },
      { value: 'ready', fromMs: 6000, toMs: 9000 },
    ]);
  });

  it('is empty without readings', () => {
    expect(runsOf([], 9000)).toEqual([]);
  });
});

describe('lanesOf', () => {
  it('has the order of the model, and what it does not name at the end', () => {
    expect(lanesOf(['standby', 'ready'], runsOf([reading(0, 'odd'), reading(1, 'ready')], 2000))).toEqual(['standby', 'ready', 'odd']);
  });
});
