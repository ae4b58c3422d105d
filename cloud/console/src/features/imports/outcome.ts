import { may } from '@/api/rights';
import type { Imported, ImportedLine } from '@/api/types';

export const kinds = ['customers', 'devices', 'articles', 'history'] as const;
export type ImportKind = (typeof kinds)[number];

const rightOf = { customers: 'writeCustomers', devices: 'writeDevices', articles: 'writeArticles', history: 'writeCustomers' } as const;

/** What whoever is signed in may bring in. */
export const myKinds = () => kinds.filter((kind) => may(rightOf[kind]));

/** The first line of a file of each kind, with what most files have. */
export const columnsOf: Record<ImportKind, string> = {
  customers: 'id,name,locale,tags,identities.0.type,identities.0.value',
  devices: 'id,name,model,customerId,siteId',
  articles: 'id,title.en,body.en,keywords,status,public',
  history: 'id,customerId,at,kind,text',
};

/** Whether a file holds an object of JSON a line, by its name; else comma-separated values. */
export const isJsonLines = (name: string) => /\.(jsonl|ndjson|json)$/i.test(name);

/** The lines that were refused. */
export const refusedOf = ({ lines }: Imported): ImportedLine[] => lines.filter(({ ok }) => !ok);

/** The lines whose devices got a secret. */
export const secretsOf = ({ lines }: Imported): ImportedLine[] => lines.filter(({ secret }) => secret);

/** As RFC 4180 writes a value. */
const cellOf = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What a spreadsheet would take for a formula stands as text. */
const harmless = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const csvOf = (rows: string[][]) => rows.map((row) => row.map(cellOf).join(',') + '\r\n').join('');

/** Secrets stand as they are: devices sign in with them to the letter. */
export const secretsFile = (lines: ImportedLine[]) => csvOf([['id', 'secret'], ...lines.map(({ id, secret }) => [id ?? '', secret ?? ''])]);

/** Spreadsheets take it for UTF-8 by its first character. */
export const mistakesFile = (lines: ImportedLine[]) =>
  '\uFEFF' +
  csvOf([['line', 'id', 'message'], ...lines.map(({ line, id, message }) => [String(line), harmless(id ?? ''), harmless(message ?? '')])]);
