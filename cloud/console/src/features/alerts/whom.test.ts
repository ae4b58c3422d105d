import { describe, expect, it } from 'vitest';
import type { ConversationMessage } from '@/api/types';
import { isNews } from './whom';

const at = '2026-05-03T10:00:00Z';
const since = Date.parse(at);
const message = (direction: 'in' | 'out') => ({ at, direction }) as ConversationMessage;

describe('isNews', () => {
  it('tells of customers’ words in one’s own conversations only', () => {
    expect(isNews(message('in'), { assignee: 'bo' }, 'bo', since)).toBe(true);
    expect(isNews(message('in'), { assignee: 'ann' }, 'bo', since)).toBe(false);
    expect(isNews(message('in'), undefined, 'bo', since)).toBe(false);
    expect(isNews(message('out'), { assignee: 'bo' }, 'bo', since)).toBe(false);
  });

  it('is silent of what was said before one came', () => {
    expect(isNews(message('in'), { assignee: 'bo' }, 'bo', since + 1)).toBe(false);
  });
});
