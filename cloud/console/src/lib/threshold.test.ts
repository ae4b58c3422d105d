import { describe, expect, it } from 'vitest';
import { metricOf, thresholdsOf } from './threshold';

describe('thresholdsOf', () => {
  it.each([
    ['temperature > 80 for 30s', [80]],
    ['temperature >= -12.5', [-12.5]],
    ['pressure > 3 and temperature < 75', [75]],
    ['not (temperature > 80)', [80]],
    ['avg(temperature, 5m) > 71', [71]],
    ['max(temperature, 1h) > 90 or temperature > 85', [90, 85]],
    ['rate(temperature, 5m) > 2', []],
    ['stddev(temperature, 5m) > 2', []],
    ['anomaly(temperature) > 0.99 for 10m', []],
    ['silent for 15m', []],
    ["count(event('E42'), 1h) >= 3", []],
    ['oven_temperature > 200', []],
  ])('finds the limits in %s', (condition, values) => {
    expect(thresholdsOf(condition, 'temperature').map((limit) => limit.value)).toEqual(values);
  });
});

describe('metricOf', () => {
  it('finds the first metric that a condition names', () => {
    expect(metricOf('not (avg(vibration, 5m) > 7)', ['temperature', 'vibration'])).toBe('vibration');
  });

  it('finds none in a condition about silence', () => {
    expect(metricOf('silent for 15m', ['temperature'])).toBeNull();
  });
});
