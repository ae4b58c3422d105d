import { describe, expect, it } from 'vitest';
import { offsetOf, placeAt, wordEnd } from './jsonPlace';
import { completionsAt } from './vocabulary';

/** The place of the `|` in a text. */
const at = (marked: string) => placeAt(marked.replace('|', ''), marked.indexOf('|'));

describe('A place in JSON that is being written', () => {
  it.each([
    ['{|', [], 'key', ''],
    ['{ "na|', [], 'key', 'na'],
    ['{ "name": "|', ['name'], 'value', ''],
    ['{ "name": "x", |', [], 'key', ''],
    ['{ "metrics": { "t": { "u|', ['metrics', 't'], 'key', 'u'],
    ['{ "metrics": { "t": { "unit": "C|', ['metrics', 't', 'unit'], 'value', 'C'],
    ['{ "rules": [ {}, { "severity": |', ['rules', 1, 'severity'], 'value', ''],
    ['{ "name": "a \\" { [", |', [], 'key', ''],
    ['{ "metrics": {}, "rules": [|', ['rules', 0], 'value', ''],
  ])('%s', (text, path, expects, word) => {
    expect(at(text)).toMatchObject({ path, expects, word });
  });

  it('offers what may stand there', () => {
    expect(completionsAt(at('{ "m|')).map((c) => c.label)).toEqual(['metrics', 'maintenance']);
    expect(completionsAt(at('{ "rules": [{ "severity": "m|')).map((c) => c.text)).toEqual(['"major"', '"minor"']);
    expect(completionsAt(at('{ "metrics": { "|'))).toEqual([]);
  });

  it('finds the word that a mistake stands under', () => {
    const text = '{\n  "rules": [{ "severity": "loud" }]\n}';
    const from = offsetOf(text, 2, 27);
    expect(text.slice(from, wordEnd(text, from))).toBe('"loud"');
    expect(offsetOf(text, 99, 1)).toBeLessThanOrEqual(text.length);
  });
});
