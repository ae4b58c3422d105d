import { describe, expect, it } from 'vitest';
import { idFor } from './ids';

describe('idFor', () => {
  it.each([
    ['Espresso Bar №1', [], 'espresso-bar-no1'],
    ['Bar', ['bar'], 'bar-2'],
    ['بار', [], 'fence'],
  ])('makes an id of %s', (name, taken, id) => {
    expect(idFor(name, taken, 'fence')).toBe(id);
  });
});
