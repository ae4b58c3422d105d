import { describe, expect, it } from 'vitest';
import { stretchesOf } from './week';

describe('stretchesOf', () => {
  const hours = [
    { days: ['mon', 'tue'], from: '13:00', to: '18:00' },
    { days: ['mon'], from: '06:00', to: '12:00' },
    { from: '18:00', to: '24:00' },
  ];

  it('tells a day’s hours in their order, those of every day among them', () => {
    expect(stretchesOf(hours, 'mon')).toEqual([
      { from: 0.25, to: 0.5 },
      { from: 13 / 24, to: 0.75 },
      { from: 0.75, to: 1 },
    ]);
    expect(stretchesOf(hours, 'sun')).toEqual([{ from: 0.75, to: 1 }]);
  });

  it('takes midnight as an end for that of the day, and leaves out what ends before it begins', () => {
    expect(stretchesOf([{ from: '12:00', to: '00:00' }], 'fri')).toEqual([{ from: 0.5, to: 1 }]);
    expect(stretchesOf([{ from: '18:00', to: '09:00' }], 'fri')).toEqual([]);
  });
});
