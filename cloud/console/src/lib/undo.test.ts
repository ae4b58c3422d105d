import { expect, it } from 'vitest';
import { begun, told } from './undo';

const after = (...steps: ('back' | 'forth' | [string, string?])[]) =>
  steps.reduce(
    (story, step) => told(story, typeof step === 'string' ? step : { change: step[0], of: step[1] ?? null }),
    begun('a'),
  ).now;

it('Changes are taken back and done again, one by one', () => {
  expect(after(['b'], ['c'], 'back')).toBe('b');
  expect(after(['b'], ['c'], 'back', 'back')).toBe('a');
  expect(after(['b'], ['c'], 'back', 'back', 'back', 'forth', 'forth', 'forth')).toBe('c');
});

it('What is typed into one place is one change', () => {
  expect(after(['b', 'name'], ['bc', 'name'], ['bcd', 'name'], 'back')).toBe('a');
  expect(after(['b', 'name'], ['c', 'text'], 'back')).toBe('b');
  expect(after(['b', 'name'], 'back', ['c', 'name'], 'back')).toBe('a');
});

it('A new change ends what could be done again', () => {
  expect(after(['b'], 'back', ['c'], 'forth')).toBe('c');
});

it('Only so many can be taken back', () => {
  const many = Array.from({ length: 300 }, (_, i) => [String(i)] as [string]);
  const back = Array.from({ length: 300 }, () => 'back' as const);
  expect(after(...many, ...back)).toBe('99');
});
