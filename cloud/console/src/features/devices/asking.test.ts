import { describe, expect, it } from 'vitest';
import { asksFirst } from './asking';

describe('A command asks first', () => {
  it.each([
    ['stop', {}, true],
    ['restart-agent', {}, true],
    ['emergencyStop', {}, true],
    ['power_off', undefined, true],
    ['rinse', {}, false],
    ['stopwatch', {}, false],
    ['rinse', { confirm: true }, true],
    ['restart', { confirm: false }, false],
  ])('%s %j: %s', (name, definition, expected) => {
    expect(asksFirst(name, definition)).toBe(expected);
  });
});
