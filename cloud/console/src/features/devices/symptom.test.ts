import { describe, expect, it } from 'vitest';
import type { DeviceModel } from '@/api/documents';
import { eventOf, symptomOf } from './symptom';

const model = {
  id: 'espresso',
  name: 'Espresso',
  metrics: { boiler: { unit: 'Cel' }, pressure: { unit: 'bar' }, state: { values: ['ready', 'brewing'] }, waterLow: {} },
  rules: [
    { type: 'boiler-overheat', severity: 'critical', when: 'boiler > 130 for 15s' },
    { type: 'weak-pump', severity: 'minor', when: "state == 'brewing' and pressure < 7 for 20s" },
    { type: 'grinder-jam', severity: 'major', when: "event('E31')", clear: "state == 'brewing' for 10s" },
    { type: 'water', severity: 'warning', when: 'waterLow == true for 2m' },
    { type: 'worded', severity: 'warning', when: "state == 'boiler'" },
    { type: 'silent', severity: 'warning', when: 'silent for 30m' },
  ],
} as unknown as DeviceModel;

describe('symptomOf', () => {
  it.each([
    ['boiler-overheat', 'boiler'],
    ['weak-pump', 'pressure'],
    ['grinder-jam', 'state'],
    ['water', 'waterLow'],
    ['worded', 'state'],
    ['silent', null],
    ['unknown', null],
  ])('%s shows in %s', (type, metric) => {
    expect(symptomOf({ type, threshold: null }, model)).toBe(metric);
  });

  it('takes the word of the alarm first', () => {
    expect(symptomOf({ type: 'water', threshold: { metric: 'pressure', operator: '<', bound: 7 } }, model)).toBe('pressure');
  });
});

describe('eventOf', () => {
  it('tells the event of a rule that waits for one', () => {
    expect(model.rules!.map(eventOf)).toEqual([null, null, 'E31', null, null, null]);
  });
});
