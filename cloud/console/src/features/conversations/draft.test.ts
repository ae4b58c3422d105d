import { describe, expect, it } from 'vitest';
import { isReady, joined, messageOf, nothing } from './draft';

const files = [
  { id: 'a', name: 'plan.pdf' },
  { id: 'b', name: 'photo.png' },
];

describe('A draft', () => {
  it('is ready when it says something or brings a file', () => {
    expect(isReady({ text: '  ', isNote: false })).toBe(false);
    expect(isReady({ ...nothing, files })).toBe(true);
  });

  it('is sent with its files, called by their names where nothing is said', () => {
    expect(messageOf({ text: ' Hi ', isNote: true })).toEqual({ text: 'Hi', internal: true });
    expect(messageOf({ ...nothing, files })).toEqual({ text: 'plan.pdf, photo.png', internal: false, attachmentIds: ['a', 'b'] });
  });

  it('loses nothing of what did not get out when more was written since', () => {
    expect(joined({ text: 'first', isNote: false, files }, nothing)).toMatchObject({ text: 'first', files });
    expect(joined({ text: 'first', isNote: false }, { text: 'second', isNote: false, files })).toMatchObject({ text: 'first\nsecond', files });
  });
});
