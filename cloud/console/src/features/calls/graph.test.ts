import { describe, expect, it } from 'vitest';
import { graphOf, nodeOf } from './graph';

const flow = {
  start: 'a',
  nodes: {
    a: { say: 'x', next: 'b' },
    b: { gather: { choices: { 1: { next: 'c' }, 2: { next: 'd' } }, exhausted: 'd' } },
    c: { branch: [{ when: 'calendar.open', next: 'd' }], otherwise: 'a' },
    d: { hangup: true },
    e: { queue: 'q' },
  },
};

describe('graphOf', () => {
  it('puts each node as far from the start as its shortest way, and the others behind', () => {
    const { nodes, columns, rows } = graphOf(flow);
    expect(Object.fromEntries(nodes.map(({ id, column, row }) => [id, [column, row]]))).toEqual({
      a: [0, 0],
      b: [1, 0],
      c: [2, 0],
      d: [2, 1],
      e: [3, 0],
    });
    expect([columns, rows]).toEqual([4, 2]);
  });

  it('draws every way with what leads along it', () => {
    expect(graphOf(flow).edges).toEqual([
      { from: 'a', to: 'b', label: '' },
      { from: 'b', to: 'c', label: '1' },
      { from: 'b', to: 'd', label: '2, …' },
      { from: 'c', to: 'd', label: 'calendar.open' },
      { from: 'c', to: 'a', label: '—' },
    ]);
  });

  it('draws what is half written', () => {
    expect(graphOf({ nodes: { a: null, b: { say: 'x', next: 'nowhere' } } }).nodes.map(({ kind }) => kind)).toEqual(['?', 'say']);
    expect(graphOf({ nodes: 7 })).toEqual({ nodes: [], edges: [], columns: 1, rows: 0 });
  });
});

describe('nodeOf', () => {
  it('names the node of a pointer', () => {
    expect(nodeOf('/nodes/n1/next')).toBe('n1');
    expect(nodeOf('/nodes/a~1b')).toBe('a/b');
    expect(nodeOf('/start')).toBeNull();
    expect(nodeOf(null)).toBeNull();
  });
});
