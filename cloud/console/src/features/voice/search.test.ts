import { expect, it } from 'vitest';
import { readVoiceSearch } from './search';

it.each([
  [{ from: '2026-11-02T00:00:00.000Z', to: '2026-11-03T00:00:00.000Z' }, ['2026-11-02T00:00:00.000Z', '2026-11-03T00:00:00.000Z']],
  [{ from: '2026-11-02T00:00:00.000Z' }, ['2026-11-02T00:00:00.000Z', undefined]],
  [{ from: 'once', to: '2026-11-03T00:00:00.000Z' }, [undefined, undefined]],
  [{ to: '2026-11-03T00:00:00.000Z' }, [undefined, undefined]],
])('What the address says of the time is a time or nothing: %j', (raw, expected) => {
  const { from, to } = readVoiceSearch(raw);
  expect([from, to]).toEqual(expected);
});
