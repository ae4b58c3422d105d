import { describe, expect, it } from 'vitest';
import { draftOf, merged, patchOf, settingsOf } from './settings';

const twin = { desired: { spinRpm: 900, light: { on: true } }, reported: { spinRpm: 800, firmware: '1.2', parts: [1] } };

describe('settingsOf', () => {
  it('tells what is desired and what is reported, each with its type', () => {
    expect(settingsOf(twin)).toEqual([
      { name: 'firmware', type: 'string', desired: undefined, reported: '1.2' },
      { name: 'light.on', type: 'boolean', desired: true, reported: undefined },
      { name: 'spinRpm', type: 'number', desired: 900, reported: 800 },
    ]);
  });

  it('begins with what the model names, as the model says, whether the device has it or not', () => {
    const settings = {
      mode: { values: ['eco', 'fast'] },
      spinRpm: { type: 'integer' as const, unit: 'rpm', minimum: 400, maximum: 1600 },
      'light.on': {},
    };
    expect(settingsOf(twin, { settings })).toEqual([
      { name: 'mode', type: 'string', values: ['eco', 'fast'], desired: undefined, reported: undefined },
      { name: 'spinRpm', type: 'integer', unit: 'rpm', minimum: 400, maximum: 1600, desired: 900, reported: 800 },
      { name: 'light.on', type: 'boolean', desired: true, reported: undefined },
      { name: 'firmware', type: 'string', desired: undefined, reported: '1.2' },
    ]);
  });
});

describe('patchOf', () => {
  const settings = settingsOf(twin);

  it('is empty when nothing was changed', () => {
    expect(patchOf(settings, draftOf(settings))).toEqual({});
  });

  it('names what was changed, and takes back what was emptied', () => {
    expect(patchOf(settings, { ...draftOf(settings), firmware: '1.3', 'light.on': undefined })).toEqual({
      firmware: '1.3',
      light: { on: null },
    });
  });
});

describe('merged', () => {
  it('removes what is null and keeps what is not named', () => {
    expect(merged(twin.desired, { light: { on: null, dim: 3 } })).toEqual({ spinRpm: 900, light: { dim: 3 } });
  });
});
