import { describe, expect, it } from 'vitest';
import type { Alarm, Case, TimelineEntry } from '@/api/types';
import { interleave, loadedToMs, nextOf, otherAlarms, otherMessages } from './story';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 29, 12, minute)).toISOString();
const entry = (id: string, minute: number, refs = {}) => ({ id, at: at(minute), refs }) as TimelineEntry;
const item = {
  id: 'c1',
  customerId: 'ann',
  alarmIds: ['own'],
  openedAt: at(30),
  firstSymptomAt: at(30),
  resolvedAt: null,
} as unknown as Case;

const whole = (...entries: TimelineEntry[]) => ({ entries, loadedToMs: -Infinity });
const part = (...entries: TimelineEntry[]) => ({ entries, loadedToMs: loadedToMs(entries, true) });

describe('interleave', () => {
  it('tells all parts as one story, newest first', () => {
    const story = interleave([whole(entry('c', 30), entry('a', 10)), whole(entry('b', 20))]);
    expect(story.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('goes no further back than every part is loaded', () => {
    const sources = [part(entry('c', 30), entry('b', 20)), whole(entry('d', 25), entry('a', 5))];
    expect(interleave(sources).map(({ id }) => id)).toEqual(['c', 'd', 'b']);
    expect(nextOf(sources)).toBe(0);
  });

  it('has no next part when all is loaded', () => {
    expect(nextOf([whole()])).toBe(-1);
  });
});

describe('otherAlarms', () => {
  const alarm = (id: string, minute: number, caseId: string | null = null) =>
    ({ id, deviceId: 'd', type: 'hot', raisedAt: at(minute), caseId }) as Alarm;

  it('tells the alarms of the device before the case, not its own', () => {
    const { entries } = otherAlarms(item, [alarm('mine', 31, 'c1'), alarm('own', 30), alarm('before', 1)], false, () => 'lasted');
    expect(entries.map(({ id, text }) => [id, text])).toEqual([['alarm:before', 'lasted']]);
  });

  it('leaves out what is more than a month before', () => {
    expect(otherAlarms(item, [alarm('old', -60 * 24 * 31)], false, () => '').entries).toEqual([]);
  });

  it('is told as far back as the alarms are loaded, its own among them', () => {
    expect(otherAlarms(item, [alarm('own', 30)], true, () => '').loadedToMs).toBe(Date.parse(at(30)));
    expect(otherAlarms(item, [alarm('old', -60 * 24 * 31)], true, () => '').loadedToMs).toBe(-Infinity);
  });
});

describe('otherMessages', () => {
  it('tells what the customer wrote, unless it is an entry of the case', () => {
    const { entries } = otherMessages(item, [entry('m1', 40), entry('m2', 41, { caseId: 'c1' })], true);
    expect(entries.map(({ id }) => id)).toEqual(['m1']);
  });

  it('is whole when what is loaded reaches back before the time of the case', () => {
    expect(otherMessages(item, [entry('m1', 40), entry('old', -60 * 24 * 40)], true).loadedToMs).toBe(-Infinity);
    expect(otherMessages(item, [entry('m1', 40)], true).loadedToMs).toBe(Date.parse(at(40)));
  });
});
