import type { Language } from '@/i18n/languages';

/** By language, or one for all. */
export type Texts = string | Partial<Record<Language, string>>;
export type Lists = string[] | Partial<Record<Language, string[]>>;

/** What was written for a language; one text is for all. */
export const textFor = (texts: Texts | undefined, language: Language) =>
  typeof texts === 'string' ? texts : (texts?.[language] ?? '');

/** With another text for a language; what is one for all stays one for all. */
export function withTextFor(texts: Texts | undefined, language: Language, text: string): Texts {
  if (typeof texts === 'string') return text;
  const changed = { ...texts, [language]: text };
  if (!text) delete changed[language];
  return changed;
}

export const listFor = (lists: Lists | undefined, language: Language) => (Array.isArray(lists) ? lists : (lists?.[language] ?? []));

/** Likewise. */
export function withListFor(lists: Lists | undefined, language: Language, list: string[]): Lists {
  if (Array.isArray(lists)) return list;
  const changed = { ...lists, [language]: list };
  if (list.length === 0) delete changed[language];
  return changed;
}
