import { describe, expect, it } from 'vitest';
import { ar } from './ar';
import { az } from './az';
import { en, type Catalogue, type MessageKey } from './en';
import { fa } from './fa';
import { fill, type Text } from './fill';
import { createFormats } from './formats';
import { hy } from './hy';
import type { Language } from './languages';

const catalogues: Record<Language, Catalogue> = { en, az, ar, hy, fa };
const others = Object.entries({ az, ar, hy, fa });

const formsOf = (text: Text): Partial<Record<string, string>> => (typeof text === 'string' ? { other: text } : text);
const wordingsOf = (text: Text) => Object.values(formsOf(text)) as string[];
const places = (text: string) => [...new Set([...text.matchAll(/\{\w+\}/g)].map(([place]) => place))].sort();
const placesOf = (text: Text) => places(formsOf(text).other!).join();

describe.each(others)('Catalogue %s', (_, catalogue) => {
  it('has exactly the keys of the English one', () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(en).sort());
  });

  it('has a text for each key', () => {
    expect(Object.entries(catalogue).filter(([, text]) => wordingsOf(text).some((wording) => !wording.trim()))).toEqual([]);
  });

  it('has the same places for values in each text', () => {
    const different = Object.entries(en).filter(([key, text]) => placesOf(text) !== placesOf(catalogue[key as MessageKey]));
    expect(different).toEqual([]);
  });
});

/** After a number the nouns of these languages stay as they are, whatever the number. */
const unchanging: readonly Language[] = ['az', 'hy', 'fa'];

/** No word of these goes with the number: signs of units, words for themselves, and numbers alone. */
const uncounted: Record<Language, readonly MessageKey[]> = {
  en: ['cluster.lostCount', 'enrollment.of', 'span.day', 'span.hour', 'span.minute', 'span.second', 'start.modelsThere'],
  ar: ['cluster.lostCount', 'enrollment.of', 'span.hour', 'span.minute', 'span.second', 'start.modelsThere'],
  az: [],
  hy: [],
  fa: [],
};

describe.each(Object.keys(catalogues) as Language[])('Counts in %s', (language) => {
  const catalogue = catalogues[language];
  const counted = (Object.keys(catalogue) as MessageKey[]).filter((key) => placesOf(catalogue[key]).includes('{count}'));

  it('have the forms that the language needs, and no other', () => {
    const needed = unchanging.includes(language) ? ['other'] : new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const wanting = counted
      .filter((key) => !uncounted[language].includes(key))
      .filter((key) => Object.keys(formsOf(catalogue[key])).sort().join() !== [...needed].sort().join());
    expect(wanting).toEqual([]);
  });

  it('name no value that the other form does not', () => {
    const strange = counted.filter((key) =>
      wordingsOf(catalogue[key]).some((wording) => !places(wording).every((place) => placesOf(catalogue[key]).includes(place))),
    );
    expect(strange).toEqual([]);
  });
});

describe('fill', () => {
  const inLanguage = (language: Language) => (key: MessageKey, count: number) =>
    fill(catalogues[language][key], { count }, createFormats(language));

  it.each<[Language, number, string]>([
    ['en', 0, '0 cases'],
    ['en', 1, '1 case'],
    ['en', 5000, '5,000 cases'],
    ['az', 1, '1 müraciət'],
    ['az', 5, '5 müraciət'],
    ['hy', 3, '3 դեպք'],
    ['fa', 3, '۳ پرونده'],
    ['ar', 0, 'لا بلاغات'],
    ['ar', 1, 'بلاغ واحد'],
    ['ar', 2, 'بلاغان'],
    ['ar', 3, '٣ بلاغات'],
    ['ar', 11, '١١ بلاغًا'],
    ['ar', 100, '١٠٠ بلاغ'],
  ])('says in %s of %d: %s', (language, count, text) => {
    // Node writes Arabic numbers in the digits of the reader's region; only the word is asked here.
    expect(inLanguage(language)('inbox.count', count)).toBe(language === 'ar' ? text.replace(/[٠-٩]+/, createFormats('ar').number(count)) : text);
  });

  const plain = { number: String, form: () => 'other' as const };

  it('puts values into their places', () => {
    expect(fill('{shown} of {all}', { shown: 3, all: '10' }, plain)).toBe('3 of 10');
  });

  it('leaves a place without a value visible', () => {
    expect(fill('{a} {b}', { a: 1 }, plain)).toBe('1 {b}');
  });

  it('takes the form for all where a language was not told another', () => {
    expect(fill({ other: '{count} things' }, { count: 1 }, { number: String, form: () => 'one' })).toBe('1 things');
  });
});
