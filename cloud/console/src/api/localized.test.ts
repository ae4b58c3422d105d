import { describe, expect, it } from 'vitest';
import { listFor, textFor, withListFor, withTextFor } from './localized';

describe('Words of a bot', () => {
  it('are changed in one language, and are gone when they are empty', () => {
    const greeting = withTextFor({ en: 'Hello' }, 'az', 'Salam');

    expect(greeting).toEqual({ en: 'Hello', az: 'Salam' });
    expect(withTextFor(greeting, 'en', '')).toEqual({ az: 'Salam' });
    expect(textFor(greeting, 'hy')).toBe('');
  });

  it('that are one for all languages stay so', () => {
    expect(withTextFor('Hello', 'az', 'Salam')).toBe('Salam');
    expect(textFor('Hello', 'az')).toBe('Hello');
    expect(withListFor(['scale'], 'az', ['ərp'])).toEqual(['ərp']);
  });

  it('are lists by language', () => {
    const keywords = withListFor(undefined, 'en', ['scale']);

    expect(keywords).toEqual({ en: ['scale'] });
    expect([listFor(keywords, 'en'), listFor(keywords, 'az')]).toEqual([['scale'], []]);
    expect(withListFor(keywords, 'en', [])).toEqual({});
  });
});
