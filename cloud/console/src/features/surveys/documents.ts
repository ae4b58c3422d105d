import type { Lists, Texts } from '@/api/localized';

export const surveyTypes = ['csat', 'nps', 'ces'] as const;
export type SurveyType = (typeof surveyTypes)[number];

export const occasions = ['case.resolved', 'conversation.closed'] as const;
export type Occasion = (typeof occasions)[number];

/** The scale of each kind of question, as customers answer it. */
export const scales: Record<SurveyType, [lowest: number, highest: number]> = { csat: [1, 5], nps: [0, 10], ces: [1, 7] };

/** A question that customers are asked; what is missing is as the API says. */
export interface SurveyDocument {
  id: string;
  name?: string;
  type: SurveyType;
  on: Occasion;
  delayMinutes?: number;
  question?: Texts;
  /** Ids of channels, the best first, or the one that was used. */
  channels?: 'same' | string[];
  followUpBelow?: number | null;
  maxPerDays?: number;
  enabled?: boolean;
}

/** What people say who mean something. */
export interface ThemeDocument {
  id: string;
  name?: string;
  keywords?: Lists;
}

/** The survey as it is sent: a question that nothing was written for is the platform's own. */
export function surveyToSend({ question, followUpBelow, ...rest }: SurveyDocument): SurveyDocument {
  const isWritten = typeof question === 'string' ? question !== '' : Object.keys(question ?? {}).length > 0;
  return { ...rest, ...(isWritten && { question }), ...(typeof followUpBelow === 'number' && { followUpBelow }) };
}

/** How many words a theme is known by, in all languages. */
export const wordsOf = ({ keywords }: ThemeDocument): string[] =>
  Array.isArray(keywords) ? keywords : Object.values(keywords ?? {}).flat();
