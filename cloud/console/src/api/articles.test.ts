import { describe, expect, it } from 'vitest';
import { byLanguage, textIn, withText, withWordsOf, type WrittenArticle } from './articles';

describe('texts of an article', () => {
  it('are read in the language that is wanted, else in English, else in any', () => {
    expect(textIn({ en: 'Leak', az: 'Sızma' }, 'az')).toBe('Sızma');
    expect(textIn({ en: 'Leak' }, 'fa')).toBe('Leak');
    expect(textIn({ hy: 'Արտահոսք' }, 'fa')).toBe('Արտահոսք');
    expect(textIn('Leak', 'fa')).toBe('Leak');
  });

  it('come back from a version without what else it said', () => {
    const now: WrittenArticle = { id: 'a', title: 'New', body: 'n', keywords: ['x'], models: ['m'], status: 'published', public: true };
    const before: WrittenArticle = { id: 'a', title: 'Old', body: 'o', models: [], status: 'draft', public: false };
    expect(withWordsOf(now, before)).toEqual({ ...now, title: 'Old', body: 'o', keywords: undefined });
  });

  it('are none where they are emptied', () => {
    expect(withText({ en: 'Leak', az: 'Sızma' }, 'az', '')).toEqual({ en: 'Leak' });
    expect(withText(byLanguage('Leak', 'en'), 'az', 'Sızma')).toEqual({ en: 'Leak', az: 'Sızma' });
  });
});
