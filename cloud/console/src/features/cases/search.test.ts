import { describe, expect, it } from 'vitest';
import type { Case } from '@/api/types';
import { isOnList, listOf, orderOf, readCaseSearch, unassigned } from './search';

const item = (part: Partial<Case>) =>
  ({
    number: 1,
    title: 'Washer runs hot',
    priority: 'normal',
    status: 'open',
    assignee: null,
    openedAt: '2026-11-22T01:00:00.000Z',
    ...part,
  }) as Case;

describe('Case search', () => {
  it('drops what the address may not hold', () => {
    expect(readCaseSearch({ status: 'nonsense', priority: 7, q: '', queue: 'washers' })).toEqual({ queue: 'washers' });
  });

  it('asks the server for the view, the most pressing first, settled ones by the newest', () => {
    expect(listOf({ q: 'hot' })).toEqual({ q: 'hot', unresolved: 'true', sort: 'pressing' });
    expect(listOf({ status: 'pending', assignee: unassigned })).toEqual({ status: 'pending', assignee: '-', sort: 'pressing' });
    expect(listOf({ status: 'closed' })).toEqual({ status: 'closed', sort: 'newest' });
  });

  it.each([
    [{ unresolved: 'true' }, true],
    [{ status: 'closed' }, false],
    [{ assignee: unassigned }, true],
    [{ assignee: 'anna' }, false],
    [{ priority: 'urgent' }, false],
    [{ queue: 'washers' }, true],
    [{ queue: 'presses' }, false],
  ])('tells whether a case is on the list %j', (filter, expected) => {
    expect(isOnList(item({ queue: 'washers' }), filter)).toBe(expected);
  });

  it('puts the most pressing first, then the newest', () => {
    const cases = [item({ id: 'old', number: 7 }), item({ id: 'new', number: 10 }), item({ id: 'urgent', number: 2, priority: 'urgent' })];
    expect(cases.toSorted(orderOf({ sort: 'pressing' })).map((c) => c.id)).toEqual(['urgent', 'new', 'old']);
    expect(cases.toSorted(orderOf({ sort: 'newest' })).map((c) => c.id)).toEqual(['new', 'old', 'urgent']);
  });
});
