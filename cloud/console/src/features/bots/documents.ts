import type { Language } from '@/i18n/languages';

export type Texts = string | Partial<Record<Language, string>>;
export type Lists = string[] | Partial<Record<Language, string[]>>;

export interface FormField {
  name: string;
  ask?: Texts;
}

/** Exactly one member is said. */
export interface AnswerDocument {
  article?: string;
  text?: Texts;
  deviceStatus?: true;
  form?: { fields: FormField[] };
  queue?: string;
  product?: Texts;
}

export interface IntentDocument {
  name: string;
  keywords?: Lists;
  examples?: Lists;
  answer: AnswerDocument;
}

export interface BotDocument {
  id: string;
  name?: string;
  greeting?: Texts;
  intents?: IntentDocument[];
  threshold?: number;
  handoverAfter?: number;
  queue?: string | null;
}

export const answers = ['article', 'text', 'deviceStatus', 'form', 'queue', 'product'] as const;
export type Answer = (typeof answers)[number];

export const answerOf = (answer: AnswerDocument): Answer => answers.find((kind) => answer[kind] !== undefined) ?? 'article';

/** An answer that nothing was said of yet. */
export const blankAnswer: Record<Answer, AnswerDocument> = {
  article: { article: '' },
  text: { text: {} },
  deviceStatus: { deviceStatus: true },
  form: { form: { fields: [{ name: '' }] } },
  queue: { queue: '' },
  product: { product: {} },
};

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
