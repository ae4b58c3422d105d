import { describe, expect, it } from 'vitest';
import { byLanguage, textIn, withText } from './articles';

describe('texts of an article', () => {
  it('are read in the language that is wanted, else in English, else in any', () => {
    expect(textIn({ en: 'Leak', az: 'Sızma' }, 'az')).toBe('Sızma');
    expect(textIn({ en: 'Leak' }, 'fa')).toBe('Leak');
    expect(textIn({ hy: 'Արտահոսք' }, 'fa')).toBe('Արտահոսք');
    expect(textIn('Leak', 'fa')).toBe('Leak');
  });

  it('are none where they are emptied', () => {
    expect(withText({ en: 'Leak', az: 'Sızma' }, 'az', '')).toEqual({ en: 'Leak' });
    expect(withText(byLanguage('Leak', 'en'), 'az', 'Sızma')).toEqual({ en: 'Leak', az: 'Sızma' });
  });
});
