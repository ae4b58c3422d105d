import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { Right } from './rights';

vi.stubGlobal('window', { addEventListener: () => {} });
const { mayAs, rights } = await import('./rights');

type Operation = { 'x-least-role'?: string };
const description = JSON.parse(readFileSync(new URL('../../../OmniIoT.Api/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
};
const operationOf = (call: string) => {
  const [method = '', address = ''] = call.split(' ');
  return description.paths[`/api/v1${address}`]?.[method.toLowerCase()];
};

describe('Rights', () => {
  it.each(Object.entries(rights))('%s belongs to the role that the API gives it to', (_, { least, asks }) => {
    expect(operationOf(asks)?.['x-least-role']).toBe(least);
  });

  it.each<[Right, string]>([
    ['writeCustomers', 'agent, admin'],
    ['writePlaces', 'agent, admin'],
    ['writeDevices', 'admin'],
    ['enroll', 'admin'],
  ])('%s is for %s', (right, roles) => {
    expect((['technician', 'agent', 'admin'] as const).filter((role) => mayAs(role, right)).join(', ')).toBe(roles);
  });

  it('gives a role that it does not know nothing', () => {
    expect(mayAs('visitor' as never, 'writeCustomers')).toBe(false);
  });
});
