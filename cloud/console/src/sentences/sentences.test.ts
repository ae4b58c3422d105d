import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '@/api/types';
import { az } from '@/i18n/az';
import { fill } from '@/i18n/fill';
import type { MessageKey } from '@/i18n/en';
import { textOf, titleOf } from './sentences';

const i18n = {
  t: (key: MessageKey, values?: Record<string, string | number>) => fill(az[key], values),
  code: (prefix: string, code: string) => az[`${prefix}.${code}` as MessageKey] ?? code,
  knows: (key: string) => key in az,
  number: (value: number) => String(value).replace('.', ','),
};

const entry = (sentences: unknown): TimelineEntry => ({
  id: 'e1', customerId: 'c1', at: '', recordedAt: '', kind: 'case.updated', channel: 'console', direction: 'internal', actor: 'system',
  title: 'English title', text: 'English text', refs: {}, data: { sentences },
});

describe('sentences', () => {
  it('says what the platform says in the reader\'s language', () => {
    const told = entry({
      title: [{ kind: 'case.updated', values: { number: 12 } }],
      text: [
        { kind: 'changed.status', values: { before: 'open', after: 'pending' } },
        { kind: 'changed.assignee', values: { before: null, after: 'ann' } },
      ],
    });
    expect(titleOf(told, i18n)).toBe(fill(az['sentence.case.updated'], { number: '12' }));
    expect(textOf(told, i18n)).toBe(
      `${fill(az['sentence.changed.status'], { before: az['caseStatus.open'], after: az['caseStatus.pending'] })}; ` +
        fill(az['sentence.changed.assignee'], { before: az['case.unassigned'], after: 'ann' }),
    );
  });

  it('writes numbers and lists as the language does', () => {
    const told = entry({
      title: [{ kind: 'visit.exited', values: { place: 'Bar', minutes: 3.5 } }],
      text: [{ kind: 'consent.given', values: { purposes: ['location', 'sms'] } }],
    });
    expect(titleOf(told, i18n)).toBe(fill(az['sentence.visit.exited'], { place: 'Bar', minutes: '3,5' }));
    expect(textOf(told, i18n)).toBe(fill(az['sentence.consent.given'], { purposes: `${az['consent.location']}, ${az['consent.sms']}` }));
  });

  it('leaves words of people, and kinds that it does not know, as they came', () => {
    expect(titleOf(entry({ title: [{ kind: 'of.tomorrow', values: {} }], text: null }), i18n)).toBe('English title');
    expect(textOf(entry(undefined), i18n)).toBe('English text');
  });
});
