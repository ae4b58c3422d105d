import type { FieldMistake } from '@/api/client';
import type { Case, TimelineEntry } from '@/api/types';
import type { I18n } from '@/i18n';
import type { MessageKey } from '@/i18n/en';

type Value = string | number | null | string[];

/** Words that the platform made itself: what they say, and of what. */
interface Sentence {
  kind: string;
  values: Record<string, Value>;
}

export type Speaker = Pick<I18n, 't' | 'code' | 'knows'>;

/** Values that are words of the platform as well, with the catalogue's names of each. */
const words: Record<string, string> = {
  severity: 'severity', status: 'commandStatus', purposes: 'consent', ruleType: 'ruleType', leftType: 'ruleType', rightType: 'ruleType',
  ours: 'caseStatus', theirs: 'caseStatus', agreed: 'caseStatus',
};

/** A change tells before and after in words of what changed. */
const changes: Record<string, string> = { 'changed.status': 'caseStatus', 'changed.priority': 'priority' };

/** What the platform says on the timeline, in the reader's language; what others wrote, and what is not known here, as it came. */
export function titleOf(entry: TimelineEntry, i18n: Speaker): string {
  return say(sentencesOf(entry).title, i18n) ?? entry.title;
}

export function textOf(entry: TimelineEntry, i18n: Speaker): string | null {
  return say(sentencesOf(entry).text, i18n) ?? (entry.kind === 'message.failed' && entry.text ? errorOf(entry.text, i18n) : entry.text);
}

/** Why a message did not arrive: in the reader's language with its cause behind it, or as the provider said it. */
export function errorOf(error: string, i18n: Speaker): string {
  const [kind, cause] = error.split(/: (.*)/s, 2) as [string, string?];
  if (!i18n.knows(`messageError.${kind}`)) return error;
  const said = i18n.code('messageError', kind);
  return cause ? `${said}: ${errorOf(cause, i18n)}` : said;
}

/** A case's title, in the reader's language where it is the platform's own. */
export const caseTitleOf = ({ title, titleSays }: Pick<Case, 'title' | 'titleSays'>, i18n: Speaker): string =>
  say(titleSays ? [titleSays as Sentence] : null, i18n) ?? title;

/** What is wrong with a field, in the reader's language where it has a kind. */
export const mistakeOf = ({ code, values, message }: FieldMistake, i18n: Speaker): string =>
  (code ? say([{ kind: code, values: values ?? {} }], i18n) : null) ?? message;

function sentencesOf(entry: TimelineEntry): { title?: Sentence[] | null; text?: Sentence[] | null } {
  return (entry.data?.sentences as ReturnType<typeof sentencesOf> | undefined) ?? {};
}

function say(sentences: Sentence[] | null | undefined, i18n: Speaker): string | null {
  if (!Array.isArray(sentences) || !sentences.length || !sentences.every((sentence) => i18n.knows(`sentence.${sentence.kind}`))) return null;
  return sentences.map((sentence) => sayOne(sentence, i18n)).join('; ');
}

function sayOne({ kind, values }: Sentence, i18n: Speaker): string {
  const said = Object.entries(values).map(([name, value]) => [name, word(kind, name, value, i18n)] as const);
  return i18n.t(`sentence.${kind}` as MessageKey, Object.fromEntries(said));
}

function word(kind: string, name: string, value: Value, i18n: Speaker): string | number {
  if (value === null) return i18n.t('case.unassigned');
  if (Array.isArray(value)) return value.map((one) => word(kind, name, one, i18n)).join(', ');
  // A case's number is its name, not an amount.
  if (typeof value === 'number') return name === 'number' ? String(value) : value;
  const prefix = changes[kind] ?? words[name];
  return prefix ? i18n.code(prefix, value) : value;
}
