import { describe, expect, it } from 'vitest';
import type { Conversation } from '@/api/types';
import { unassigned } from '../cases/search';
import { isOnList, readConversationSearch } from './search';

const item = { status: 'open', assignee: null, queue: 'support' } as Conversation;

describe('Conversation search', () => {
  it('drops what the address may not hold', () => {
    expect(readConversationSearch({ status: 'nonsense', q: '', queue: 'sales', id: 7 })).toEqual({ queue: 'sales' });
  });

  it.each([
    [{ status: 'open' }, true],
    [{ status: 'closed' }, false],
    [{ status: 'open', assignee: unassigned }, true],
    [{ status: 'open', assignee: 'bo' }, false],
    [{ status: 'open', queue: 'support' }, true],
    [{ status: 'open', queue: 'sales' }, false],
  ])('tells whether a conversation is on the list %j', (filter, expected) => {
    expect(isOnList(item, filter)).toBe(expected);
  });
});
