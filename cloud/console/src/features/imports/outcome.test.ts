import { describe, expect, it, vi } from 'vitest';

vi.stubGlobal('window', { addEventListener: () => {} });
const { isJsonLines, mistakesFile, refusedOf, secretsFile, secretsOf } = await import('./outcome');

const lines = [
  { line: 2, id: 'w-1', ok: true, secret: '-a"b' },
  { line: 3, id: null, ok: false, message: '=1+1, is missing' },
  { line: 4, id: 'w-3', ok: true },
];
const imported = { created: 2, updated: 0, lines };

describe('What became of a file', () => {
  it('tells refused lines and new secrets apart', () => {
    expect(refusedOf(imported).map(({ line }) => line)).toEqual([3]);
    expect(secretsOf(imported).map(({ id }) => id)).toEqual(['w-1']);
  });

  it('writes secrets to the letter', () => {
    expect(secretsFile(secretsOf(imported))).toBe('id,secret\r\nw-1,"-a""b"\r\n');
  });

  it('writes no mistake that a spreadsheet would reckon', () => {
    expect(mistakesFile(refusedOf(imported))).toBe('\uFEFFline,id,message\r\n3,,"\'=1+1, is missing"\r\n');
  });
});

describe('isJsonLines', () => {
  it.each([
    ['a.jsonl', true],
    ['a.NDJSON', true],
    ['a.json', true],
    ['a.csv', false],
    ['json', false],
  ])('%s: %s', (name, isJson) => {
    expect(isJsonLines(name)).toBe(isJson);
  });
});
