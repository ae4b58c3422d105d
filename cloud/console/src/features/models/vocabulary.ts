import type { JsonPlace } from './jsonPlace';

/** A name that may stand somewhere in a model, and what is written with it. */
interface Word {
  name: string;
  /** What follows the colon; a key without it is completed to its colon. */
  value?: string;
}

const key = (name: string, value?: string): Word => ({ name, value });

/** What may stand where: `*` is any name or index. */
const keys: [path: string, words: Word[]][] = [
  [
    '',
    [
      key('name', '""'),
      key('metrics', '{}'),
      key('commands', '{}'),
      key('settings', '{}'),
      key('rules', '[]'),
      key('maintenance', '[]'),
      key('verify', '{}'),
    ],
  ],
  ['settings/*', [key('type', '"number"'), key('unit', '""'), key('values', '[]'), key('minimum', '0'), key('maximum', '100')]],
  ['metrics/*', [key('unit', '""'), key('kind', '"counter"'), key('values', '[]'), key('interval', '"1m"')]],
  ['commands/*', [key('arguments', '{}'), key('timeoutSeconds', '60'), key('confirm', 'true')]],
  [
    'commands/*/arguments/*',
    [
      key('type', '"number"'),
      key('unit', '""'),
      key('values', '[]'),
      key('minimum', '0'),
      key('maximum', '100'),
      key('required', 'true'),
      key('default'),
    ],
  ],
  [
    'rules/*',
    [
      key('type', '""'),
      key('severity', '""'),
      key('when', '""'),
      key('clear', '""'),
      key('case', '{}'),
      key('remedy', '{}'),
      key('notify', '{}'),
    ],
  ],
  ['rules/*/case', [key('title', '""'), key('priority', '""'), key('queue', '""'), key('article', '""')]],
  ['rules/*/remedy', [key('command', '""'), key('waitSeconds', '120')]],
  ['rules/*/notify', [key('text', '""')]],
  ['maintenance/*', [key('type', '""'), key('title', '""'), key('every', '{}'), key('orEvery', '"180d"')]],
  ['maintenance/*/every', [key('usage', '""'), key('amount', '500')]],
  ['verify', [key('healthyFor', '"10m"')]],
];

const values: [path: string, words: string[]][] = [
  ['metrics/*/kind', ['"gauge"', '"counter"']],
  ['metrics/*/unit', ['"Cel"', '"%"', '"V"', '"A"', '"W"', '"kW.h"', '"Pa"', '"bar"', '"mm/s"', '"h"']],
  ['commands/*/confirm', ['true', 'false']],
  ['commands/*/arguments/*/type', ['"number"', '"integer"', '"string"', '"boolean"']],
  ['settings/*/type', ['"number"', '"integer"', '"string"', '"boolean"']],
  ['rules/*/severity', ['"critical"', '"major"', '"minor"', '"warning"']],
  ['rules/*/case/priority', ['"urgent"', '"high"', '"normal"', '"low"']],
  ['rules/*', ['{ "type": "", "severity": "", "when": "" }']],
];

const matches = (pattern: string, path: (string | number)[]) => {
  const parts = pattern === '' ? [] : pattern.split('/');
  return parts.length === path.length && parts.every((part, i) => part === '*' || part === path[i]);
};

export interface Completion {
  label: string;
  /** What takes the place of the word that is being written. */
  text: string;
}

/** What may be written at a place, by what is written of it already. */
export function completionsAt({ path, expects, word }: JsonPlace): Completion[] {
  const begins = (name: string) => name.replaceAll('"', '').toLowerCase().startsWith(word.toLowerCase());
  if (expects === 'value') {
    return (values.find(([pattern]) => matches(pattern, path))?.[1] ?? []).filter(begins).map((text) => ({ label: text, text }));
  }
  const known = keys.find(([pattern]) => matches(pattern, path))?.[1] ?? [];
  return known.filter(({ name }) => begins(name)).map(({ name, value }) => ({ label: name, text: `"${name}": ${value ?? ''}` }));
}
