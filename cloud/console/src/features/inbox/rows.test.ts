import { describe, expect, it } from 'vitest';
import type { Case, Conversation } from '@/api/types';
import { nextOf, rowsOf } from './rows';
import { listsOf, readInboxSearch } from './search';

const due = (minute: number) => ({ sla: { resolutionDueAt: new Date(minute * 60_000).toISOString() } });
const cases = (hasMore: boolean, ...minutes: number[]) => ({
  hasMore,
  items: minutes.map((minute) => ({ id: `case${minute}`, status: 'open', ...due(minute) }) as Case),
});
const talks = (hasMore: boolean, ...minutes: number[]) => ({
  hasMore,
  items: minutes.map((minute) => ({ id: `talk${minute}`, status: 'open', ...due(minute) }) as Conversation),
});
const ids = (...lists: Parameters<typeof rowsOf>) => rowsOf(...lists).map((row) => row.id);

describe('The inbox', () => {
  it('puts cases and conversations in one order, what is due first before all', () => {
    expect(ids(cases(false, 1, 4), talks(false, 2, 3))).toEqual(['case1', 'talk2', 'talk3', 'case4']);
  });

  it('shows nothing below what might still come between', () => {
    expect(ids(cases(true, 1, 4), talks(true, 2, 3))).toEqual(['case1', 'talk2', 'talk3']);
    expect(ids(cases(false, 1, 4), talks(true, 2, 3))).toEqual(['case1', 'talk2', 'talk3']);
  });

  it('reads on where the order is held up', () => {
    expect(nextOf(cases(true, 1, 4), talks(true, 2, 3))).toBe('talks');
    expect(nextOf(cases(true, 1, 2), talks(true, 3))).toBe('cases');
    expect(nextOf(cases(true, 1), talks(false, 3))).toBe('cases');
    expect(nextOf(cases(false, 1), talks(false, 3))).toBeNull();
  });

  it('asks the server for what a view shows', () => {
    expect(listsOf({ view: 'mine', queue: 'sales' }, 'bo')).toEqual({
      cases: { status: 'open', assignee: 'bo', queue: 'sales', sort: 'breached' },
      talks: { status: 'open', assignee: 'bo', queue: 'sales', sort: 'breached' },
    });
    expect(listsOf({ view: 'snoozed' }, 'bo')).toMatchObject({ cases: { status: 'pending' }, talks: { status: 'snoozed' } });
    expect(listsOf({ view: 'unassigned' }, 'bo')).toMatchObject({ talks: { status: 'open', assignee: '-' } });
  });

  it('drops what the address may not hold', () => {
    expect(readInboxSearch({ view: 'nonsense', talkId: 7, caseId: 'c' })).toEqual({ caseId: 'c' });
  });
});
