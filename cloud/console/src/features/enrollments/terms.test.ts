import { describe, expect, it } from 'vitest';
import type { Enrollment } from '@/api/types';
import { blank, stateOf, termsOf } from './terms';

const enrollment: Enrollment = {
  ...blank,
  id: 'lamps',
  name: 'Lamps',
  models: ['lamp'],
  createdAt: '2026-11-22T05:00:00.000Z',
  keyChangedAt: '2026-11-22T05:00:00.000Z',
  key: null,
  registered: 3,
  refused: 0,
  lastUsedAt: null,
};
const now = Date.parse('2026-11-22T06:00:00.000Z');

describe('stateOf', () => {
  it('is open while there is time and room', () => {
    expect(stateOf({ ...enrollment, maxDevices: 4, expiresAt: '2026-11-22T06:00:00.001Z' }, now)).toBe('open');
  });

  it('is full when as many registered as may', () => {
    expect(stateOf({ ...enrollment, maxDevices: 3 }, now)).toBe('full');
  });

  it('has ended at its time, full or not', () => {
    expect(stateOf({ ...enrollment, maxDevices: 3, expiresAt: '2026-11-22T06:00:00.000Z' }, now)).toBe('ended');
  });
});

describe('termsOf', () => {
  it('leaves out what the server adds', () => {
    expect(termsOf(enrollment)).toEqual({ ...blank, name: 'Lamps', models: ['lamp'] });
  });
});
