import { describe, expect, it } from 'vitest';
import { inOrder, isSilent, totalsOf } from './processes';
import type { ClusterProcess } from '@/api/types';

const process = (address: string, change: Partial<ClusterProcess> = {}): ClusterProcess => ({
  id: `${address}@7`,
  address,
  version: '0.1.0',
  state: 'active',
  startedAt: '2026-11-29T08:00:00.000Z',
  lostAt: null,
  connections: 0,
  grains: 0,
  messagesPerSecond: 0,
  ...change,
});

describe('inOrder', () => {
  it('puts who is lost first, then who leaves, then who joins', () => {
    const order = inOrder([
      process('a:1'),
      process('b:1', { state: 'joining' }),
      process('c:1', { state: 'leaving' }),
      process('d:1', { state: 'lost' }),
    ]);
    expect(order.map(({ state }) => state)).toEqual(['lost', 'leaving', 'joining', 'active']);
  });

  it('counts hosts and ports as people do', () => {
    const order = inOrder([process('10.0.0.10:11111'), process('10.0.0.2:11112'), process('10.0.0.2:9000')]);
    expect(order.map(({ address }) => address)).toEqual(['10.0.0.2:9000', '10.0.0.2:11112', '10.0.0.10:11111']);
  });

  it('puts the runs at one address in the order in which they started', () => {
    const [late, early] = [process('a:1', { startedAt: '2026-11-29T09:00:00.000Z' }), process('a:1')];
    expect(inOrder([late, early])).toEqual([early, late]);
  });
});

describe('totalsOf', () => {
  it('adds up what the processes do, and tells who is lost', () => {
    const processes = [
      process('a:1', { connections: 3, grains: 10, messagesPerSecond: 1.5 }),
      process('b:1', { connections: 4, grains: 20, messagesPerSecond: 2 }),
      process('c:1', { state: 'leaving', connections: 1 }),
      process('d:1', { state: 'lost' }),
    ];
    expect(totalsOf(processes)).toEqual({ active: 2, lost: 1, connections: 8, grains: 30, messagesPerSecond: 3.5 });
  });
});

describe('isSilent', () => {
  it.each([
    ['active', null, true],
    ['leaving', null, true],
    ['active', '0.1.0', false],
    ['joining', null, false],
    ['lost', null, false],
  ] as const)('of a process that is %s with version %s is %s', (state, version, silent) => {
    expect(isSilent(process('a:1', { state, version }))).toBe(silent);
  });
});
