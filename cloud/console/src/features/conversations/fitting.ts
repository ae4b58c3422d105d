import { textIn, type ArticleRow } from '@/api/articles';
import type { ConversationMessage } from '@/api/types';
import type { Language } from '@/i18n/languages';
import type { Draft } from './draft';

/** So many are shown. */
export const most = 3;
/** Below it an article has a word or two in common, and nothing more. */
const leastScore = 0.3;
/** Of what was said; more is about several things. */
const longest = 300;

/** What the customer said last, to be looked for; null: nothing with words. */
export function lastWords(messages: ConversationMessage[]): string | null {
  const last = messages.findLast(({ direction }) => direction === 'in')?.text.trim().slice(0, longest);
  return last && /\p{L}/u.test(last) ? last : null;
}

export const fitting = (found: ArticleRow[]) => found.filter(({ score }) => (score ?? 0) >= leastScore).slice(0, most);

/** What the customer is given: the address of the help page, else the words of what is not public. */
export const wordsOf = ({ article, link }: ArticleRow, language: Language, origin: string) =>
  link ? `${textIn(article.title, language)}\n${origin}${link}` : textIn(article.body, language);

/** A draft with the words at its end. */
export const withWords = (draft: Draft, words: string): Draft => ({ ...draft, text: draft.text ? `${draft.text}\n${words}` : words });
