import { beforeEach, describe, expect, it, vi } from 'vitest';

const kept = new Map<string, string>();
vi.stubGlobal('window', { addEventListener: () => {} });
vi.stubGlobal('localStorage', { getItem: () => null });
vi.stubGlobal('sessionStorage', {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => kept.set(key, value),
  removeItem: (key: string) => kept.delete(key),
});
const { changeDraft, keepDraft, showDraft } = await import('./useDraft');

const add = (known: string) => `lost ${known}`.trim();
const waiting = () => JSON.parse([...kept.values()][0] ?? 'null') as string | null;

describe('A draft that is changed from outside', () => {
  beforeEach(() => kept.clear());

  it('is changed where it waits', () => {
    changeDraft('words.c1', '', add);

    expect(waiting()).toBe('lost');
  });

  it('keeps what was written since', () => {
    keepDraft('words.c1', 'newer');

    changeDraft('words.c1', '', add);

    expect(waiting()).toBe('lost newer');
  });

  it('is changed where it is written, and only there', () => {
    const told: string[] = [];
    const hide = showDraft<string>('words.c1', (change) => told.push(change('typed')));

    changeDraft('words.c1', '', add);
    changeDraft('words.c2', '', add);
    hide();
    changeDraft('words.c1', '', add);

    expect(told).toEqual(['lost typed']);
    expect(kept.size).toBe(2);
  });
});
