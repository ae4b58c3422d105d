import { describe, expect, it } from 'vitest';
import { firstReading, publishCommand } from './command';

describe('The first reading', () => {
  it('is of the first metric of the model', () => {
    expect(firstReading({ metrics: { door: { values: ['open', 'closed'] }, t: {} } })).toBe('{"door":"open"}');
    expect(firstReading({ metrics: { load: {} } })).toBe('{"load":21.5}');
    expect(firstReading(undefined)).toBe('{"temperature":21.5}');
  });

  it('is sent by a command that a shell takes as it is', () => {
    expect(publishCommand({ host: 'h', port: 1883, id: 'a', secret: "it's", message: '{"t":1}' })).toBe(
      `mosquitto_pub -h h -p 1883 -u 'a' -P 'it'\\''s' -q 1 -t 'devices/a/telemetry' -m '{"t":1}'`,
    );
  });
});
