import { describe, expect, it } from 'vitest';
import { argumentsFrom, blankOf, linesOf, valueFor, verbOf, verbs } from './documents';

describe('An action', () => {
  it.each(verbs)('that is begun is of its verb: %s', (verb) => {
    expect(verbOf(blankOf[verb])).toBe(verb);
  });
});

describe('Arguments of a command', () => {
  const values = { level: 3, mode: 'eco', quiet: true, program: { name: 'wool' } };

  it('are written as lines and read back', () => {
    expect(argumentsFrom(linesOf(values))).toEqual(values);
  });

  it('may have the sign in their value, and nothing of lines without one', () => {
    expect(argumentsFrom('formula = a=b\n\nnonsense\n = 3')).toEqual({ formula: 'a=b' });
  });
});

describe('What a condition compares with', () => {
  it.each([
    ['in', 'vip', ['vip']],
    ['eq', ['vip', 'old'], 'vip'],
    ['gt', '30', 30],
    ['gt', 'soon', 0],
    ['exists', 'vip', true],
    ['exists', false, false],
    ['contains', true, ''],
  ] as const)('for %s of %j is %j', (op, value, wanted) => {
    expect(valueFor(op, value as never)).toEqual(wanted);
  });
});
