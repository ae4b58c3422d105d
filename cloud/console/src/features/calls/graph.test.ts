import { describe, expect, it } from 'vitest';
import { nodeOf, type Flow } from './flow';
import { entryAt, exitAt, exitHeight, graphOf, headHeight } from './graph';

const flow: Flow = {
  start: 'a',
  nodes: {
    a: { say: 'x', next: 'b' },
    d: { hangup: true },
    b: { gather: { choices: { 1: { next: 'c' }, 2: { next: 'd' } }, exhausted: 'd' } },
    c: { branch: [{ when: 'calendar.open', next: 'd' }], otherwise: 'a' },
    e: { queue: 'q' },
  },
};

describe('graphOf', () => {
  it('puts each node as far from the start as its longest way, and the others behind', () => {
    expect(graphOf(flow).nodes.map(({ id, column }) => [id, column])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['d', 3],
      ['e', 4],
    ]);
  });

  it('draws every way with what leads along it', () => {
    const told = graphOf(flow).edges.map(({ from, exit, to }) => [from.id, from.exits[exit]!.label, to.id].join(' '));
    expect(told).toEqual(['a  b', 'b 1 c', 'b 2 d', 'b … d', 'c calendar.open d', 'c … a']);
  });

  it('lets no two nodes stand on one another, and all within', () => {
    const { nodes, width, height } = graphOf(flow);
    for (const one of nodes) {
      expect(one.left >= 0 && exitAt(one, 0).x <= width && one.top + one.height <= height).toBe(true);
      for (const other of nodes) {
        if (one.id === other.id || one.left !== other.left) continue;
        expect(one.top + one.height <= other.top || other.top + other.height <= one.top).toBe(true);
      }
    }
  });

  it('begins a way at its own line, and ends it at the head', () => {
    const [, gather] = graphOf(flow).nodes;
    expect(exitAt(gather!, 1).y - gather!.top).toBe(headHeight + 1.5 * exitHeight);
    expect(entryAt(gather!).y - gather!.top).toBe(headHeight / 2);
  });

  it('draws what is half written', () => {
    const half = { nodes: { a: null, b: { say: 'x', next: 'nowhere' } } } as unknown as Flow;
    expect(graphOf(half).nodes.map(({ kind }) => kind)).toEqual([null, 'say']);
    expect(graphOf(half).edges).toEqual([]);
    expect(graphOf({ nodes: 7 } as unknown as Flow).nodes).toEqual([]);
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
