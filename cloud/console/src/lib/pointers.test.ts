import { describe, expect, it } from 'vitest';
import { differences, fieldName } from './pointers';

const labels = { '/content/title': 'Title', '/identities': 'Reached at' };

describe('fieldName', () => {
  it('is the label of the field', () => {
    expect(fieldName('/content/title', labels)).toBe('Title');
  });

  it('goes on below the nearest label, and counts from one', () => {
    expect(fieldName('/identities/1/value', labels)).toBe('Reached at › 2 › value');
  });

  it('is the way to a part that has no label', () => {
    expect(fieldName('/rules/0/when', labels)).toBe('rules › 1 › when');
  });
});

describe('differences', () => {
  it('tells what differs by the names of the fields', () => {
    expect(
      differences(
        { name: 'a', content: { title: 'mine', text: 'x' } },
        { id: 'c', name: 'a', content: { title: 'theirs', text: 'x' } },
        labels,
      ),
    ).toEqual([{ name: 'Title', mine: 'mine', theirs: 'theirs' }]);
  });

  it('takes null, nothing and an empty list for the same', () => {
    expect(differences({ siteId: null, tags: [] }, { tags: null }, labels)).toEqual([]);
  });

  it('tells what was taken out of a part', () => {
    expect(differences({ hours: { from: '09:00' } }, { hours: { from: '09:00', to: '20:00' } }, labels)).toEqual([
      { name: 'hours › to', mine: undefined, theirs: '20:00' },
    ]);
  });
});
