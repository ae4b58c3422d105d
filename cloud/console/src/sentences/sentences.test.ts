import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '@/api/types';
import { ar } from '@/i18n/ar';
import { az } from '@/i18n/az';
import { fill, type Values } from '@/i18n/fill';
import { en, type MessageKey } from '@/i18n/en';
import { fa } from '@/i18n/fa';
import { hy } from '@/i18n/hy';
import { caseTitleOf, errorOf, mistakeOf, textOf, titleOf } from './sentences';

const numerals = { number: (value: number) => String(value).replace('.', ','), form: () => 'other' as const };
const say = (key: MessageKey, values?: Values) => fill(az[key], values, numerals);

const i18n = {
  t: say,
  code: (prefix: string, code: string) => (`${prefix}.${code}` in az ? say(`${prefix}.${code}` as MessageKey) : code),
  knows: (key: string) => key in az,
};

const entry = (sentences: unknown): TimelineEntry => ({
  id: 'e1', customerId: 'c1', at: '', recordedAt: '', kind: 'case.updated', channel: 'console', direction: 'internal', actor: 'system',
  title: 'English title', text: 'English text', refs: {}, data: { sentences },
});

describe('sentences', () => {
  it('says why a message did not arrive, with its cause', () => {
    expect(errorOf('noPublicAddress', i18n)).toBe(say('messageError.noPublicAddress'));
    expect(errorOf('onlyFileSent: windowClosed', i18n)).toBe(`${say('messageError.onlyFileSent')}: ${say('messageError.windowClosed')}`);
    expect(errorOf('onlyFileSent: 503 a: b', i18n)).toBe(`${say('messageError.onlyFileSent')}: 503 a: b`);
    expect(errorOf('Meta 100: Invalid', i18n)).toBe('Meta 100: Invalid');
    expect(textOf({ ...entry({}), kind: 'message.failed', text: 'bounced' }, i18n)).toBe(say('messageError.bounced'));
  });

  it('says what the platform says in the reader\'s language', () => {
    const told = entry({
      title: [{ kind: 'case.updated', values: { number: 12 } }],
      text: [
        { kind: 'changed.status', values: { before: 'open', after: 'pending' } },
        { kind: 'changed.assignee', values: { before: null, after: 'ann' } },
      ],
    });
    expect(titleOf(told, i18n)).toBe(say('sentence.case.updated', { number: '12' }));
    expect(textOf(told, i18n)).toBe(
      `${say('sentence.changed.status', { before: say('caseStatus.open'), after: say('caseStatus.pending') })}; ` +
        say('sentence.changed.assignee', { before: say('case.unassigned'), after: 'ann' }),
    );
  });

  it('writes numbers and lists as the language does', () => {
    const told = entry({
      title: [{ kind: 'visit.exited', values: { place: 'Bar', minutes: 3.5 } }],
      text: [{ kind: 'consent.given', values: { purposes: ['location', 'sms'] } }],
    });
    expect(titleOf(told, i18n)).toBe(say('sentence.visit.exited', { place: 'Bar', minutes: '3,5' }));
    expect(textOf(told, i18n)).toBe(say('sentence.consent.given', { purposes: `${say('consent.location')}, ${say('consent.sms')}` }));
  });

  it('leaves words of people, and kinds that it does not know, as they came', () => {
    expect(titleOf(entry({ title: [{ kind: 'of.tomorrow', values: {} }], text: null }), i18n)).toBe('English title');
    expect(textOf(entry(undefined), i18n)).toBe('English text');
  });
});

describe('caseTitleOf', () => {
  it('says a title that the platform made, and leaves one that somebody gave', () => {
    const titleSays = { kind: 'case.unnamed', values: { number: 1234 } };
    expect(caseTitleOf({ title: 'Case 1234', titleSays }, i18n)).toBe(say('sentence.case.unnamed', { number: '1234' }));
    expect(caseTitleOf({ title: 'It leaks' }, i18n)).toBe('It leaks');
  });
});

describe('mistakeOf', () => {
  it("says in the reader's language what a field must be", () => {
    const mistake = { pointer: '/name', message: 'must have at most 200 characters', code: 'mistake.tooLong', values: { max: 200 } };
    expect(mistakeOf(mistake, i18n)).toBe(say('sentence.mistake.tooLong', { max: 200 }));
    const rule = { pointer: '/rules/0/when', message: 'English', code: 'mistake.ruleConditionExpected', values: { ruleType: 'number' } };
    expect(mistakeOf(rule, i18n)).toBe(say('sentence.mistake.ruleConditionExpected', { ruleType: say('ruleType.number') }));
    expect(mistakeOf({ message: 'written for an author' }, i18n)).toBe('written for an author');
  });
});

describe.each([
  'cloud/OmniIoT.Domain/Text/SentenceKinds',
  'cloud/OmniIoT.Domain/Text/MistakeKinds',
  'cloud/OmniIoT.Domain/Text/GeometryMistakes',
  'devices/OmniIoT.Devices/Rules/Syntax/RuleMistakeKinds',
])('%s of the platform', (file) => {
  const source = readFileSync(new URL(`../../../../${file}.cs`, import.meta.url), 'utf8');
  const kinds = [...source.matchAll(/public const string \w+ = "([^"]+)"/g)].map(([, kind]) => kind!);

  it('have words in the catalogues', () => {
    expect(kinds.length).toBeGreaterThan(20);
    expect(kinds.filter((kind) => !(`sentence.${kind}` in en))).toEqual([]);
  });

  it('have values that the catalogues name alike', () => {
    const names = (words: string) => [...new Set([...words.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();
    const said = kinds.map((kind) => `sentence.${kind}` as MessageKey);
    for (const catalogue of [az, ar, hy, fa] as Record<string, unknown>[]) {
      const differing = said.filter((key) => String(names(String(catalogue[key]))) !== String(names(String(en[key]))));
      expect(differing).toEqual([]);
    }
  });
});
