import { describe, expect, it } from 'vitest';
import type { ArticleRow } from '@/api/articles';
import type { ConversationMessage } from '@/api/types';
import { fitting, lastWords, withWords, wordsOf } from './fitting';

const said = (direction: string, text: string) => ({ direction, text }) as ConversationMessage;
const row = (id: string, score: number | null, link: string | null = null): ArticleRow => ({
  id,
  score,
  link,
  article: { id, title: { en: 'Descale' }, body: 'Use acid' },
});

describe('What is looked for', () => {
  it('is what the customer said last', () => {
    expect(lastWords([said('in', 'It leaks'), said('out', 'Where?'), said('in', ' At the door '), said('internal', 'old one')])).toBe('At the door');
  });

  it.each([[[]], [[said('out', 'Hello')]], [[said('in', '👍 !')]]])('is nothing where they said nothing: %j', (messages) => {
    expect(lastWords(messages)).toBeNull();
  });
});

describe('Articles that fit', () => {
  it('are the best three that have more than a word in common', () => {
    expect(fitting([row('a', 0.9), row('b', 0.5), row('c', 0.4), row('d', 0.35)]).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(fitting([row('a', 0.1), row('b', null)])).toEqual([]);
  });

  it('are sent as an address where customers may read them, else in words', () => {
    expect(wordsOf(row('a', 1, '/help/en/a'), 'en', 'https://x')).toBe('Descale\nhttps://x/help/en/a');
    expect(wordsOf(row('a', 1), 'en', 'https://x')).toBe('Use acid');
  });

  it('stand behind what was written', () => {
    expect(withWords({ text: 'Dear Ann', isNote: false }, 'Read this')).toEqual({ text: 'Dear Ann\nRead this', isNote: false });
    expect(withWords({ text: '', isNote: false }, 'Read this').text).toBe('Read this');
  });
});
