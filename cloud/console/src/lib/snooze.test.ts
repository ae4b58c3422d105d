import { describe, expect, it } from 'vitest';
import { snoozeChoices } from './snooze';

const choicesAt = (local: string) => snoozeChoices(new Date(local).getTime());
const at = (local: string, key: string) => choicesAt(local).find((choice) => choice.key === key)?.at;

describe('snoozeChoices', () => {
  it('offers hours from now, and mornings', () => {
    // A Wednesday.
    expect(at('2026-05-06T14:30', 'Hour')).toEqual(new Date('2026-05-06T15:30'));
    expect(at('2026-05-06T14:30', 'Day')).toEqual(new Date('2026-05-07T09:00'));
    expect(at('2026-05-06T14:30', 'Week')).toEqual(new Date('2026-05-11T09:00'));
    expect(at('2026-05-06T14:30', 'Reply')).toBeNull();
  });

  it('means the next Monday on a Monday', () => {
    expect(at('2026-05-11T08:00', 'Week')).toEqual(new Date('2026-05-18T09:00'));
  });

  it('offers a morning once on a Sunday', () => {
    expect(choicesAt('2026-05-10T14:30').map((choice) => choice.key)).toEqual(['Hour', 'Hours', 'Day', 'Reply']);
  });
});
