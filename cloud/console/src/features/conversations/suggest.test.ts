import { describe, expect, it } from 'vitest';
import { answered, askedBy, matching } from './suggest';

describe('what asks for suggestions', () => {
  it.each([
    ['/', false, 'reply', ''],
    ['/hel', false, 'reply', 'hel'],
    ['ask @b', true, 'agent', 'b'],
    ['(@', true, 'agent', ''],
  ] as const)('%s', (text, isNote, kind, q) => {
    expect(askedBy(text, isNote)).toMatchObject({ kind, q });
  });

  it.each([
    ['hello /hel', false],
    ['/hel lo', false],
    ['@bo', false],
    ['x@example', true],
    ['/hel', true],
  ] as const)('%s asks for nothing', (text, isNote) => {
    expect(askedBy(text, isNote)).toBeNull();
  });

  it('a reply takes the place of the text, a name that of its beginning', () => {
    expect(answered('/hel', askedBy('/hel', false)!, 'Hello')).toBe('Hello');
    expect(answered('ask @b', askedBy('ask @b', true)!, 'bo')).toBe('ask @bo ');
  });

  it('colleagues are found by id and name', () => {
    const agents = [
      { id: 'bo', name: 'Bahram' },
      { id: 'ann', name: 'Anna' },
    ];
    expect(matching(agents, 'AHR').map(({ id }) => id)).toEqual(['bo']);
    expect(matching(agents, '')).toHaveLength(2);
  });
});
