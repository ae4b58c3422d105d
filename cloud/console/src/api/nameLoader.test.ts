import { describe, expect, it } from 'vitest';
import { NameLoader, type Named } from './nameLoader';

describe('Names', () => {
  const asking = (answer: (ids: Partial<Record<Named, string[]>>) => object) => {
    const calls: Partial<Record<Named, string[]>>[] = [];
    const loader = new NameLoader(async (ids) => {
      calls.push(ids);
      return answer(ids);
    });
    return { loader, calls };
  };

  it('of a page come with one call', async () => {
    const { loader, calls } = asking(() => ({ customers: { c1: 'Leyla' }, devices: { d1: 'Press' } }));
    expect(await Promise.all([loader.load('customers', 'c1'), loader.load('devices', 'd1'), loader.load('customers', 'c2')])).toEqual([
      'Leyla',
      'Press',
      null,
    ]);
    expect(calls).toEqual([{ customers: ['c1', 'c2'], devices: ['d1'] }]);
  });

  it('beyond what one call may ask are asked for with the next', async () => {
    const { loader, calls } = asking((ids) => ({ sites: Object.fromEntries(ids.sites!.map((id) => [id, `name of ${id}`])) }));
    const names = await Promise.all(Array.from({ length: 501 }, (_, i) => loader.load('sites', `s${i}`)));
    expect(names[500]).toBe('name of s500');
    expect(calls.map((call) => call.sites!.length)).toEqual([500, 1]);
  });

  it('are refused together, and asked for again later', async () => {
    let away = true;
    const loader = new NameLoader(() => (away ? Promise.reject(new Error('away')) : Promise.resolve({ customers: { c1: 'Leyla' } })));
    await expect(loader.load('customers', 'c1')).rejects.toThrow('away');
    away = false;
    expect(await loader.load('customers', 'c1')).toBe('Leyla');
  });
});
