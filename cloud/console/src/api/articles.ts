import type { Language } from '@/i18n/languages';

type Texts = Partial<Record<Language, string>>;

/** An article as it was written: a text, or one per language. */
export interface WrittenArticle {
  id: string;
  title: Texts | string;
  body: Texts | string;
  keywords?: Partial<Record<Language, string[]>> | string[];
  models?: string[];
  status?: 'draft' | 'published';
  public?: boolean;
}

export interface ArticleRow {
  id: string;
  article: WrittenArticle;
  /** How well it meets the words that were looked for, 0 to 1; null: none were. */
  score: number | null;
  /** The path of its help page; null: customers are not shown it. */
  link: string | null;
}

export interface Gap {
  id: string;
  question: string;
  locale: Language;
  lastAskedAt: string;
  count: number;
}

/** In a language, else in English, else in whichever there is. */
export const textIn = (texts: Texts | string, language: Language): string =>
  typeof texts === 'string' ? texts : (texts[language] ?? texts.en ?? Object.values(texts)[0] ?? '');

/** The texts by language; one that is of every language stands in the one that is shown. */
export const byLanguage = (texts: Texts | string, language: Language): Texts =>
  typeof texts === 'string' ? { [language]: texts } : texts;

/** With the words of another; who may read it, and whether it is published, stays as it is. */
export const withWordsOf = (article: WrittenArticle, { title, body, keywords }: WrittenArticle): WrittenArticle => ({
  ...article,
  title,
  body,
  keywords,
});

/** With a text changed; an empty one is none. */
export function withText(texts: Texts, language: Language, text: string): Texts {
  const changed = { ...texts, [language]: text };
  if (text === '') delete changed[language];
  return changed;
}
