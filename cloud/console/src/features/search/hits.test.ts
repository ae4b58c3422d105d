import { describe, expect, it } from 'vitest';
import type { SearchHit } from '@/api/types';
import { addressOf, groupsOf, moved, piecesOf } from './hits';

const hit = (rest: Partial<SearchHit> & Pick<SearchHit, 'kind'>): SearchHit => ({
  id: 'x',
  title: 'X',
  snippet: { text: '', ranges: [] },
  ...rest,
});

describe('Hits', () => {
  it.each<[Partial<SearchHit> & Pick<SearchHit, 'kind'>, string | null]>([
    [{ kind: 'customers', id: 'a b' }, '/customers/a%20b'],
    [{ kind: 'devices', id: 'w-1', customerId: 'ann', deviceId: 'w-1' }, '/devices/w-1'],
    [{ kind: 'conversations', conversationId: 't1', caseId: 'k1', customerId: 'ann' }, '/conversations?id=t1'],
    [{ kind: 'messages', conversationId: 't1', customerId: 'ann' }, '/conversations?id=t1'],
    [{ kind: 'cases', caseId: 'k1', deviceId: 'w-1', customerId: 'ann' }, '/cases/k1'],
    [{ kind: 'timeline', deviceId: 'w-1', customerId: 'ann' }, '/customers/ann'],
    [{ kind: 'timeline', deviceId: 'w-1' }, '/devices/w-1'],
    [{ kind: 'timeline' }, null],
  ])('%j stands at %s', (found, address) => {
    expect(addressOf(hit(found))).toBe(address);
  });

  it('stand by their kinds in the order of the answer', () => {
    const [ann, bo, oven] = [hit({ kind: 'customers', id: 'ann' }), hit({ kind: 'customers', id: 'bo' }), hit({ kind: 'devices', id: 'oven' })];

    expect(groupsOf([ann, bo, oven])).toEqual([
      { kind: 'customers', hits: [ann, bo] },
      { kind: 'devices', hits: [oven] },
    ]);
  });

  it.each<[number, number, number, number]>([
    [0, 1, 3, 1],
    [2, 1, 3, 0],
    [0, -1, 3, 2],
    [0, 1, 0, 0],
  ])('from %d by %d of %d comes %d', (at, by, count, next) => {
    expect(moved(at, by, count)).toBe(next);
  });
});

describe('A snippet', () => {
  it('is parted where words were found', () => {
    const snippet = { text: 'a filter please', ranges: [{ start: 2, length: 6 }, { start: 9, length: 2 }] };

    expect(piecesOf(snippet)).toEqual([
      { text: 'a ', found: false },
      { text: 'filter', found: true },
      { text: ' ', found: false },
      { text: 'pl', found: true },
      { text: 'ease', found: false },
    ]);
  });

  it('may say nothing that was found', () => {
    expect(piecesOf({ text: 'nothing', ranges: [] })).toEqual([{ text: 'nothing', found: false }]);
  });

  it('may begin with what was found', () => {
    expect(piecesOf({ text: 'all', ranges: [{ length: 3 }] })).toEqual([{ text: 'all', found: true }]);
  });
});
