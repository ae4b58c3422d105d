import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { en } from '@/i18n/en';
import type { Holder, Right } from './rights';

vi.stubGlobal('window', { addEventListener: () => {} });
const { mayWith, rights } = await import('./rights');

type Operation = { 'x-rights'?: string[]; 'x-reach'?: string };
const description = JSON.parse(readFileSync(new URL('../../../OmniIoT.Api/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
const operationOf = (call: string) => {
  const [method = '', address = ''] = call.split(' ');
  return description.paths[`/api/v1${address}`]?.[method.toLowerCase()];
};

describe('Rights', () => {
  it.each(Object.entries(rights))('%s needs what the API asks for', (_, { needs, asks }) => {
    expect(operationOf(asks)?.['x-rights']).toEqual(needs);
  });

  it.each(Object.entries(rights))('%s is for whoever the API lets call, limited or not', (_, right) => {
    expect(operationOf(right.asks)?.['x-reach'] === 'whole').toBe('whole' in right);
  });

  it('all have a name where roles are made', () => {
    const operations = Object.values(description.paths).flatMap((calls) => Object.values(calls));
    const resources = new Set(operations.flatMap((one) => one['x-rights'] ?? []).map((right) => right.split(':')[0]));
    expect([...resources].filter((resource) => !(`right.${resource}` in en))).toEqual([]);
  });

  it.each<[Holder, Right, boolean]>([
    [{ rights: ['queues:write'] }, 'writeQueues', true],
    [{ rights: ['articles:write'], queues: ['washers'] }, 'writeArticles', false],
    [{ rights: ['articles:write'], sites: ['mall'] }, 'readArticles', true],
  ])('%j gives %s, with what limits them: %s', (holder, right, given) => {
    expect(mayWith(holder, right)).toBe(given);
  });

  it.each<[string[], Right, boolean]>([
    [['customers:write'], 'writeCustomers', true],
    [['customers:write'], 'readCustomers', true],
    [['customers:read'], 'readCustomers', true],
    [['customers:read'], 'writeCustomers', false],
    [['places:write'], 'writeDevices', false],
    [[], 'readCases', false],
  ])('%j gives %s: %s', (held, right, given) => {
    expect(mayWith({ rights: held }, right)).toBe(given);
  });
});
