export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}

const line = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const label = /([a-zA-Z_]\w*)="((?:[^"\\]|\\.)*)"/g;

/** Reads Prometheus text exposition; comments and what is no sample are skipped. */
export function parseMetrics(text: string): Sample[] {
  const samples: Sample[] = [];
  for (const raw of text.split('\n')) {
    const match = raw.startsWith('#') ? null : line.exec(raw);
    if (!match) continue;
    const labels = Object.fromEntries([...(match[2] ?? '').matchAll(label)].map(([, key, value]) => [key, value]));
    samples.push({ name: match[1]!, labels, value: Number(match[3]) });
  }
  return samples;
}

/** Sum over all samples of a name that carry the labels; null when there is none. */
export function total(samples: Sample[], name: string, labels: Record<string, string> = {}): number | null {
  const found = samples.filter((s) => s.name === name && Object.entries(labels).every(([key, value]) => s.labels[key] === value));
  return found.length === 0 ? null : found.reduce((sum, sample) => sum + sample.value, 0);
}

/** Mean of a histogram or summary over its life; null before the first observation. */
export function mean(samples: Sample[], name: string): number | null {
  const count = total(samples, `${name}_count`);
  const sum = total(samples, `${name}_sum`);
  return count && sum !== null ? sum / count : null;
}
