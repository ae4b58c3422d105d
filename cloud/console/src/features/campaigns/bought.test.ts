import { describe, expect, it } from 'vitest';
import { withBought } from './bought';

describe('withBought', () => {
  it('asks for a purchase beside what else is asked for', () =>
    expect(withBought({ tagsAny: ['vip'] }, { sku: 'filter' })).toEqual({ tagsAny: ['vip'], bought: { sku: 'filter' } }));

  it('keeps what was said of the purchase', () =>
    expect(withBought({ bought: { sku: 'filter', siteId: 'nizami' } }, { since: '2026-05-03T00:00:00.000Z' })).toEqual({
      bought: { sku: 'filter', siteId: 'nizami', since: '2026-05-03T00:00:00.000Z' },
    }));

  it('keeps a place without an article, which the server refuses', () =>
    expect(withBought({}, { siteId: 'nizami' })).toEqual({ bought: { sku: '', siteId: 'nizami' } }));

  it('asks for none once nothing is said of it', () =>
    expect(withBought({ tagsAny: [], bought: { sku: 'filter', siteId: null, since: null } }, { sku: '' })).toEqual({ tagsAny: [] }));
});
