import { describe, expect, it } from 'vitest';
import { mean, parseMetrics, total } from './prometheus';

const text = `# HELP omniiot_connections Now open.
omniiot_connections 31
omniiot_messages_total{outcome="accepted",protocol="5"} 10
omniiot_messages_total{outcome="accepted",protocol="3"} 5 1795000000
omniiot_messages_total{outcome="dropped"} 1
omniiot_commit_seconds_sum 0.5
omniiot_commit_seconds_count 100
`;

describe('Prometheus text', () => {
  const samples = parseMetrics(text);

  it('sums the samples that carry a label', () => {
    expect(total(samples, 'omniiot_messages_total', { outcome: 'accepted' })).toBe(15);
  });

  it('tells a missing metric from zero', () => {
    expect(total(samples, 'omniiot_queue_depth')).toBeNull();
  });

  it('gives the mean of a histogram', () => {
    expect(mean(samples, 'omniiot_commit_seconds')).toBe(0.005);
  });
});
