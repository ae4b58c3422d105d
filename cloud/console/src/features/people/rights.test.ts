import { describe, expect, it } from 'vitest';
import { byResource, withRight } from './rights';

describe('Rights of a role', () => {
  it('stand by what they are of', () => {
    expect(byResource(['cases:read', 'cases:write', 'keys:write'])).toEqual([
      { resource: 'cases', read: true, write: true },
      { resource: 'keys', read: false, write: true },
    ]);
  });

  it('to write come with those to read', () => {
    expect(withRight([], 'cases', 'write', true)).toEqual(['cases:read', 'cases:write']);
  });

  it('to read are not taken without those to write', () => {
    expect(withRight(['cases:read', 'cases:write', 'keys:read'], 'cases', 'read', false)).toEqual(['keys:read']);
  });

  it('to write are taken alone', () => {
    expect(withRight(['cases:read', 'cases:write'], 'cases', 'write', false)).toEqual(['cases:read']);
  });
});
