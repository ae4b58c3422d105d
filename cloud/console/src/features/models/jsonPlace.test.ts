import { describe, expect, it } from 'vitest';
import { offsetOf, offsetOfPointer, offsetWithin, placeAt, wordEnd } from './jsonPlace';
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

describe('A mistake in a rule', () => {
  const text = '{ "a": [1, "x, ]", {"b": 2}],\n "rules": [ {"when": "1"}, { "type": "r", "when": "t > 1\\n and \\"u\\" > 2" } ] }';

  it('has its text found by its pointer', () => {
    expect(text.slice(offsetOfPointer(text, '/rules/1/when')!)).toMatch(/^"t > 1/);
    expect(text.slice(offsetOfPointer(text, '/a/2/b')!)).toMatch(/^2\}/);
    expect(offsetOfPointer(text, '')).toBe(0);
    expect(offsetOfPointer(text, '/rules/2/when')).toBeNull();
    expect(offsetOfPointer(text, '/a/0/b')).toBeNull();
    expect(offsetOfPointer('{"a/b~c": 1}', '/a~1b~0c')).toBe(10);
  });

  it('stands where the rule has it, whatever its text is written like', () => {
    const rule = offsetOfPointer(text, '/rules/1/when')!;
    expect(text.slice(offsetWithin(text, rule, 1, 1))).toMatch(/^t > 1/);
    expect(text.slice(offsetWithin(text, rule, 1, 5))).toMatch(/^1\\n/);
    expect(text.slice(offsetWithin(text, rule, 2, 6))).toMatch(/^\\"u/);
    expect(text.slice(offsetWithin(text, rule, 2, 7))).toMatch(/^u\\"/);
    expect(offsetWithin(text, rule, 9, 9)).toBe(text.indexOf('" } ]'));
  });
});
