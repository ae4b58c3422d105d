import { describe, expect, it } from 'vitest';
import type { Case } from '@/api/types';
import { matches, order, readCaseSearch, unassigned } from './search';
import { slaOf } from './sla';

const item = (part: Partial<Case>) => ({ number: 1, title: 'Washer runs hot', priority: 'normal', status: 'open', assignee: null, openedAt: '2026-11-22T01:00:00.000Z', ...part }) as Case;

describe('Case search', () => {
  it('drops what the address may not hold', () => {
    expect(readCaseSearch({ status: 'nonsense', priority: 7, q: '', queue: 'washers' })).toEqual({ queue: 'washers' });
  });

  it.each([
    [{ q: 'hot washer' }, true],
    [{ q: 'cold' }, false],
    [{ assignee: unassigned }, true],
    [{ assignee: 'anna' }, false],
    [{ priority: 'urgent' as const }, false],
  ])('matches %j', (search, expected) => {
    expect(matches(item({}), search)).toBe(expected);
  });

  it('finds a case by the names of its customer and its device', () => {
    const named = { customers: new Set(['c1']), devices: new Set(['d1']) };
    expect(matches(item({ customerId: 'c1' }), { q: 'ann' }, named)).toBe(true);
    expect(matches(item({ deviceId: 'd1' }), { q: 'ann' }, named)).toBe(true);
    expect(matches(item({ customerId: 'c2' }), { q: 'ann' }, named)).toBe(false);
    expect(matches(item({ customerId: 'c1' }), { q: 'ann', priority: 'urgent' }, named)).toBe(false);
  });

  it('puts the most pressing first, then the newest', () => {
    const cases = [
      item({ id: 'old', openedAt: '2026-11-22T00:00:00.000Z' }),
      item({ id: 'new' }),
      item({ id: 'urgent', priority: 'urgent', openedAt: '2026-11-20T00:00:00.000Z' }),
    ];
    expect(order(cases, undefined).map((c) => c.id)).toEqual(['urgent', 'new', 'old']);
    expect(order(cases, 'resolved').map((c) => c.id)).toEqual(['new', 'old', 'urgent']);
  });
});

describe('slaOf', () => {
  const now = Date.parse('2026-11-22T02:00:00.000Z');
  const sla = { firstResponseDueAt: '2026-11-22T01:30:00.000Z', firstRespondedAt: null, resolutionDueAt: '2026-11-22T09:00:00.000Z' };

  it('tells a broken promise of a first response', () => {
    expect(slaOf(item({ sla }), now)).toEqual({ kind: 'response', leftMs: -30 * 60_000 });
  });

  it('goes on to the resolution once answered', () => {
    expect(slaOf(item({ sla: { ...sla, firstRespondedAt: sla.firstResponseDueAt } }), now)?.kind).toBe('resolution');
  });

  it('has nothing left to keep when resolved', () => {
    expect(slaOf(item({ sla, status: 'resolved' }), now)).toBeNull();
  });
});
