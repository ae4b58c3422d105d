import { describe, expect, it } from 'vitest';
import { mentionsOf } from './mentions';

const note = (author: string, mentions: string[]) => ({ kind: 'message', data: JSON.stringify({ id: author, author, mentions }) });

describe('mentions', () => {
  it('are notes of others that name me', () => {
    const events = [
      note('agent:ann', ['bo']),
      note('agent:bo', ['bo']),
      note('trigger:t', ['bo', 'cem']),
      note('agent:ann', ['cem']),
      { kind: 'case', data: '{}' },
    ];
    expect(mentionsOf(events, 'bo').map(({ author }) => author)).toEqual(['agent:ann', 'trigger:t']);
  });
});
