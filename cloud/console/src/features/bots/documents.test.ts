import { expect, it } from 'vitest';
import { answerOf, answers, blankAnswer } from './documents';

it.each(answers)('An answer that is begun is of its kind: %s', (kind) => {
  expect(answerOf(blankAnswer[kind])).toBe(kind);
});
