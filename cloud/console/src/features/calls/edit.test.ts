import { describe, expect, it } from 'vitest';
import { renamed, withExit, withKind, withNewNode, withoutNode } from './edit';
import { exitsOf, kindOf, kinds, type Flow } from './flow';

const flow: Flow = {
  start: 'a',
  nodes: {
    a: { say: 'x', next: 'b' },
    b: { gather: { choices: { 1: { next: 'c', words: ['one'] }, 2: { next: 'a' } }, exhausted: 'c' } },
    c: { branch: [{ when: 'calendar.open', next: 'b' }], otherwise: 'a' },
  },
};

describe('A flow', () => {
  it.each(kinds)('gets a node of a kind, with a name of its own: %s', (kind) => {
    const once = withNewNode(flow, kind);
    const twice = withNewNode(once.flow, kind);
    expect([once.id, twice.id]).toEqual([kind, `${kind}-2`]);
    expect(kindOf(twice.flow.nodes![twice.id]!)).toBe(kind);
    expect(twice.flow.start).toBe('a');
  });

  it('begins with its first node', () => {
    expect(withNewNode({ name: 'Empty' }, 'say').flow.start).toBe('say');
  });

  it('loses a node, and what led to it leads nowhere', () => {
    const { start, nodes } = withoutNode(flow, 'a');
    expect(start).toBe('b');
    expect(nodes).toEqual({
      b: { gather: { choices: { 1: { next: 'c', words: ['one'] }, 2: {} }, exhausted: 'c' } },
      c: { branch: [{ when: 'calendar.open', next: 'b' }] },
    });
    expect(withoutNode({ start: 'a', nodes: { a: { hangup: true } } }, 'a')).toEqual({ start: undefined, nodes: {} });
  });

  it('renames a node where it stands, with all that leads to it', () => {
    const { start, nodes } = renamed(flow, 'a', 'hello');
    expect([start, Object.keys(nodes!)]).toEqual(['hello', ['hello', 'b', 'c']]);
    expect(exitsOf(nodes!.b!).map(({ to }) => to)).toEqual(['c', 'hello', 'c']);
    expect(exitsOf(nodes!.c!).map(({ to }) => to)).toEqual(['b', 'hello']);
  });

  it.each(['', 'a', 'b'])('is not renamed to what is taken or none: %j', (name) => {
    expect(renamed(flow, 'a', name)).toBe(flow);
  });
});

describe('A node', () => {
  it.each([
    ['b', 'gather/choices/1/next', { gather: { choices: { 1: { next: 'z', words: ['one'] }, 2: { next: 'a' } }, exhausted: 'c' } }],
    ['b', 'gather/exhausted', { gather: { choices: { 1: { next: 'c', words: ['one'] }, 2: { next: 'a' } }, exhausted: 'z' } }],
    ['c', 'branch/0/next', { branch: [{ when: 'calendar.open', next: 'z' }], otherwise: 'a' }],
    ['c', 'otherwise', { branch: [{ when: 'calendar.open', next: 'b' }], otherwise: 'z' }],
  ])('%s leads elsewhere by %s', (id, place, expected) => {
    expect(withExit(flow.nodes![id]!, place, 'z')).toEqual(expected);
  });

  it('that leads nowhere says nothing of it', () => {
    expect(withExit({ say: 'x', next: 'b' }, 'next', null)).toEqual({ say: 'x' });
  });

  it('goes on to where it did when it does something else', () => {
    expect(withKind({ say: 'x', next: 'b' }, 'sayDeviceStatus')).toEqual({ sayDeviceStatus: true, next: 'b' });
    expect(withKind({ say: 'x', next: 'b' }, 'hangup')).toEqual({ hangup: true });
    expect(withKind({ say: 'x' }, 'say')).toEqual({ say: 'x' });
  });
});
