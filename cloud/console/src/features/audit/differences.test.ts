import { describe, expect, it } from 'vitest';
import { differencesOf } from './differences';
import { filterOf, readAuditSearch } from './search';

describe('Differences', () => {
  it('are the members that are another than before, at whatever depth', () => {
    expect(differencesOf({ id: 'a', name: 'Old', consent: { offers: true } }, { id: 'a', name: 'New', consent: { offers: false } })).toEqual([
      { place: 'name', before: 'Old', after: 'New' },
      { place: 'consent.offers', before: 'true', after: 'false' },
    ]);
  });

  it('of what is new are all its members, of what is gone as well', () => {
    expect(differencesOf(null, { name: 'New' })).toEqual([{ place: 'name', before: null, after: 'New' }]);
    expect(differencesOf({ tags: ['x'] }, null)).toEqual([{ place: 'tags.0', before: 'x', after: null }]);
  });

  it('say that a secret is another, and no more', () => {
    expect(differencesOf({ hash: { set: true } }, { hash: { set: true, changed: true } })).toEqual([
      { place: 'hash', before: '•••', after: '••••••' },
    ]);
    expect(differencesOf({ hash: { set: true } }, { hash: { set: true } })).toEqual([]);
  });
});

describe('Search', () => {
  it('leaves out what is no time', () => {
    expect(readAuditSearch({ actor: 'agent:ann', from: 'soon' })).toEqual({ actor: 'agent:ann' });
  });

  it('asks in universal time', () => {
    expect(filterOf({ from: '2026-11-30T12:00' }).from).toBe(new Date('2026-11-30T12:00').toISOString());
  });
});
