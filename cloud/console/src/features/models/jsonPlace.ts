/** Where a caret stands in JSON that is being written. */
export interface JsonPlace {
  /** Names and indexes from the root to the value that is being written. */
  path: (string | number)[];
  expects: 'key' | 'value';
  /** What is written of the word so far, without quotes, and where it begins, with its quote. */
  word: string;
  from: number;
}

interface Level {
  kind: '{' | '[';
  key: string | null;
  index: number;
}

/** The place of a caret; the text before it need not be whole. */
export function placeAt(text: string, caret: number): JsonPlace {
  const levels: Level[] = [];
  let isKey = false;
  let i = 0;
  let word = { text: '', from: caret };
  while (i < caret) {
    const letter = text[i]!;
    const top = levels.at(-1);
    if (letter === '"') {
      const end = endOfText(text, i, caret);
      word = { text: text.slice(i + 1, Math.min(end, caret)), from: i };
      if (end >= caret) return place(levels, isKey, word);
      if (isKey && top) top.key = word.text;
      i = end + 1;
      continue;
    }
    if (letter === '{' || letter === '[') levels.push({ kind: letter, key: null, index: 0 });
    else if (letter === '}' || letter === ']') levels.pop();
    else if (letter === ',' && top) top.index++;
    if (letter === '{' || letter === ',') isKey = levels.at(-1)?.kind === '{';
    else if (letter === ':' || letter === '[') isKey = false;
    else if (letter === '}' || letter === ']') isKey = false;
    i++;
  }
  const bare = /[\w-]*$/.exec(text.slice(0, caret))![0];
  return place(levels, isKey, { text: bare, from: caret - bare.length });
}

/** Where the text that begins at a quote ends: at its closing quote, or beyond the caret. */
function endOfText(text: string, from: number, caret: number): number {
  for (let i = from + 1; i < caret; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return caret;
}

function place(levels: Level[], isKey: boolean, word: { text: string; from: number }): JsonPlace {
  const path = levels.flatMap<string | number>(({ kind, key, index }, depth) => {
    if (kind === '[') return [index];
    // The key that is being written names nothing yet.
    return key === null || (isKey && depth === levels.length - 1) ? [] : [key];
  });
  return { path, expects: isKey ? 'key' : 'value', word: word.text, from: word.from };
}

/** The offset of a line and column, both from 1. */
export function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let n = 1; n < line; n++) {
    const end = text.indexOf('\n', start);
    if (end < 0) break;
    start = end + 1;
  }
  return Math.min(text.length, start + column - 1);
}

/** The end of the word that begins at an offset: a text with its quotes, a number, a bracket. */
export function wordEnd(text: string, from: number): number {
  if (text[from] === '"') return Math.min(text.length, endOfText(text, from, text.length) + 1);
  const rest = /^[\w.+-]+/.exec(text.slice(from));
  return Math.min(text.length, from + (rest?.[0].length ?? 1));
}

/** Where the value begins that a JSON pointer names; null where the text has none. */
export function offsetOfPointer(text: string, pointer: string): number | null {
  const names = pointer.split('/').slice(1).map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  let at: number | null = gapEnd(text, 0);
  for (const name of names) {
    at = at === null ? null : memberAt(text, at, name);
  }
  return at;
}

/** The offset of a line and column, both from 1, of what a text says that begins, with its quote, at an offset. */
export function offsetWithin(text: string, from: number, line: number, column: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"' && (line > 1 || column > 1)) {
    const letter = /^\\(u[0-9a-fA-F]{4}|.)/s.exec(text.slice(at, at + 6))?.[0] ?? text[at]!;
    if (letter === '\\n') {
      line--;
    } else if (line === 1) {
      column--;
    }
    at += letter.length;
  }
  return at;
}

/** The value of a member, or of an item by its index, of the object or array at an offset. */
function memberAt(text: string, from: number, name: string): number | null {
  const isObject = text[from] === '{';
  if (!isObject && text[from] !== '[') return null;
  let at = gapEnd(text, from + 1);
  for (let index = 0; at < text.length && text[at] !== '}' && text[at] !== ']'; index++) {
    let key = String(index);
    if (isObject) {
      const end = valueEnd(text, at);
      key = textOf(text.slice(at, end));
      at = gapEnd(text, gapEnd(text, end) + 1);
    }
    if (key === name) return at;
    at = gapEnd(text, valueEnd(text, at));
    if (text[at] === ',') at = gapEnd(text, at + 1);
  }
  return null;
}

function textOf(json: string): string {
  try {
    return String(JSON.parse(json));
  } catch {
    return json;
  }
}

function gapEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}

/** The end of a value; of one that is no JSON at least a letter further on. */
function valueEnd(text: string, from: number): number {
  let depth = 0;
  let at = from;
  do {
    const letter = text[at];
    if (letter === '"') at = endOfText(text, at, text.length);
    else if (letter === '{' || letter === '[') depth++;
    else if (letter === '}' || letter === ']') depth--;
    else if (depth === 0) at += (/^[\w.+-]+/.exec(text.slice(at, at + 40))?.[0].length ?? 1) - 1;
    at++;
  } while (depth > 0 && at < text.length);
  return at;
}
