import { describe, expect, it } from 'vitest';
import type { SlaClock } from '@/api/types';
import { attentionOf, slaOf, type Promised } from './sla';

const now = Date.parse('2026-05-03T10:00:00Z');
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const item = (sla: SlaClock, status: Promised['status'] = 'open') => ({ status, sla }) as Promised;

describe('slaOf', () => {
  it('tells the promise that is due first', () => {
    const sla = { firstResponseDueAt: at(15), resolutionDueAt: at(5) };
    expect(slaOf(item(sla), now)).toMatchObject({ kind: 'resolution', leftMs: 300_000, isBroken: false });
  });

  it('goes on to the next answer when the first was given', () => {
    const sla = { firstResponseDueAt: at(-5), firstRespondedAt: at(-6), nextResponseDueAt: at(10), resolutionDueAt: at(60) };
    expect(slaOf(item(sla), now)).toMatchObject({ kind: 'next' });
  });

  it('tells that a promise was broken when nothing is due any more', () => {
    expect(slaOf(item({ breached: ['firstResponse'], firstRespondedAt: at(-1) }), now)).toMatchObject({ kind: null, isBroken: true });
  });

  it('tells that the clock stands still', () => {
    expect(slaOf(item({ resolutionDueAt: at(-1), pausedAt: at(-2) }, 'pending'), now)?.isPaused).toBe(true);
  });

  it.each<Promised['status']>(['resolved', 'closed', 'verifying'])('says nothing of what is %s', (status) => {
    expect(slaOf(item({ resolutionDueAt: at(-1) }, status), now)).toBeNull();
  });
});

describe('attentionOf', () => {
  it('puts what was not kept before what is due, and that before what promises nothing', () => {
    const nothing = item({});
    const later = item({ resolutionDueAt: at(60) });
    const soon = item({ firstResponseDueAt: at(1) });
    const broken = item({ breached: ['firstResponse'], firstRespondedAt: at(0), resolutionDueAt: at(600) });
    const sorted = [nothing, later, soon, broken].sort((a, b) => attentionOf(a) - attentionOf(b));
    expect(sorted).toEqual([broken, soon, later, nothing]);
  });
});
