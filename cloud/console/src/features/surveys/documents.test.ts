import { describe, expect, it } from 'vitest';
import { surveyToSend, wordsOf, type SurveyDocument } from './documents';

const survey: SurveyDocument = { id: 'a', type: 'csat', on: 'case.resolved' };

describe('surveyToSend', () => {
  it.each([{}, ''])('leaves the question to the platform where none is written: %j', (question) => {
    expect(surveyToSend({ ...survey, question, followUpBelow: null })).toEqual(survey);
  });

  it('says what was written', () => {
    const written = { ...survey, question: { hy: 'Ինչպե՞ս էր' }, followUpBelow: 3, enabled: false };
    expect(surveyToSend(written)).toEqual(written);
  });
});

describe('wordsOf', () => {
  it('gathers the words of all languages', () => {
    expect(wordsOf({ id: 'noise', keywords: { en: ['loud', 'noise'], az: ['səs'] } })).toEqual(['loud', 'noise', 'səs']);
    expect(wordsOf({ id: 'noise', keywords: ['loud'] })).toEqual(['loud']);
    expect(wordsOf({ id: 'noise' })).toEqual([]);
  });
});
