import type { Lists, Texts } from '@/api/localized';

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
