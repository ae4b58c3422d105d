import { describe, expect, it } from 'vitest';
import { snapped, wholeEarth } from './useViewport';

describe('The area that is asked for', () => {
  it('covers the view and stays the same while it moves a little', () => {
    const box = snapped(49.81, 40.35, 49.93, 40.44);
    const [west, south, east, north] = box.split(',').map(Number) as [number, number, number, number];
    expect(west <= 49.81 && south <= 40.35 && east >= 49.93 && north >= 40.44).toBe(true);
    expect(snapped(49.8, 40.345, 49.92, 40.441)).toBe(box);
  });

  it('never leaves the earth', () => {
    expect(snapped(-300, -100, 300, 100)).toBe(wholeEarth);
    expect(snapped(200, 10, 210, 20)).toBe(wholeEarth);
  });
});
