// Writes src/api/types.ts from the API's description, which the API's own tests hold to what is served.
// The field's own generator (openapi-typescript) builds on a compiler older than the one that checks the console.
// `--check` writes nothing and fails where the file is not what it would write.
import { readFileSync, writeFileSync } from 'node:fs';

const source = new URL('../OmniIoT.Api/openapi.json', import.meta.url);
const target = new URL('./src/api/types.ts', import.meta.url);
const { schemas } = JSON.parse(readFileSync(source, 'utf8')).components;

/** What stands for any JSON. */
const anything = new Set(['JsonElement', 'JsonNode']);

/** A page is one type with a parameter; the other two have no shape of their own. */
const isOwnType = (name) => !name.startsWith('PageOf') && !anything.has(name) && name !== 'JsonObject';

/** The console speaks of a device where the API has a view of one, unless the API has both. */
const nameOf = (schema) => {
    const plain = schema.replace(/View$/, '');
    return plain === schema || plain in schemas ? schema : plain;
};

function referenceOf(reference) {
    const name = reference.split('/').at(-1);
    if (anything.has(name)) return 'unknown';
    if (name === 'JsonObject') return 'Record<string, unknown>';
    return nameOf(name);
}

const primitives = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' };

function typeOf(schema) {
    if (schema.$ref) return referenceOf(schema.$ref);
    if (schema.enum) return schema.enum.map((value) => JSON.stringify(value).replaceAll('"', "'")).join(' | ');
    const choices = schema.oneOf ?? schema.anyOf;
    if (choices) return unionOf(choices.map(typeOf));
    if (Array.isArray(schema.type)) return unionOf(schema.type.map((type) => typeOf({ ...schema, type })));
    if (schema.type === 'array') return arrayOf(typeOf(schema.items));
    if (schema.type === 'object' && schema.additionalProperties) return `Record<string, ${typeOf(schema.additionalProperties)}>`;
    if (schema.type === 'object') return 'Record<string, unknown>';
    return primitives[schema.type] ?? 'unknown';
}

const arrayOf = (item) => (item.includes(' ') && !item.startsWith('Record<') ? `(${item})[]` : `${item}[]`);

/** Null last, as people read it. */
const unionOf = (types) => [...new Set(types)].sort((a, b) => Number(a === 'null') - Number(b === 'null')).join(' | ');

const width = 140;

function wrapped(words, room) {
  const lines = [''];
  for (const word of words) {
    const line = lines.at(-1);
    if (line && line.length + 1 + word.length > room) lines.push(word);
    else lines[lines.length - 1] = line ? `${line} ${word}` : word;
  }
  return lines;
}

function comment(text, indent) {
  if (!text) return '';
  const words = text.replaceAll('*/', '* /').split(/\s+/).filter(Boolean);
  const line = `${indent}/** ${words.join(' ')} */\n`;
  if (line.length <= width) return line;
  return `${indent}/**\n${wrapped(words, width - indent.length - 3).map((part) => `${indent} * ${part}\n`).join('')}${indent} */\n`;
}

/** A type of its own; one of many words a word a line. */
function aliasOf(name, type) {
  const line = `export type ${name} = ${type};\n`;
  return line.length <= width ? line : `export type ${name} =\n  | ${type.split(' | ').join('\n  | ')};\n`;
}

function member([name, schema], required) {
    return `${comment(schema.description, '  ')}  ${name}${required.includes(name) ? '' : '?'}: ${typeOf(schema)};\n`;
}

function declarationOf([name, schema]) {
    const head = comment(schema.description, '');
    if (!schema.properties) return head + aliasOf(nameOf(name), typeOf(schema));
    const members = Object.entries(schema.properties).map((property) => member(property, schema.required ?? []));
    return `${head}export interface ${nameOf(name)} {\n${members.join('')}}\n`;
}

const text = `// Made of the API's description by \`npm run types\`: change the API, not this file.

/** Part of a list. */
export interface Page<T> {
  items: T[];
  next: string | null;
  /** How many the whole list has, where that was asked for. */
  total?: number | null;
}

${Object.entries(schemas)
    .filter(([name]) => isOwnType(name))
    .map(declarationOf)
    .join('\n')}`;

if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) {
    console.error('src/api/types.ts is not what the API describes: run `npm run types`.');
    process.exit(1);
}
