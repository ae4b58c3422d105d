/** A limit that a rule sets to a metric. */
export interface Threshold {
  metric: string;
  operator: '<' | '<=' | '>' | '>=';
  value: number;
}

const comparison =
  /(?:\b(?:avg|min|max|sum|delta|rate|stddev)\s*\(\s*)?([A-Za-z_][\w.-]*?)\s*(?:,\s*\w+\s*\))?\s*(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)/g;
/** Functions whose result is on the metric's own scale, so that their limit can be drawn beside its readings. */
const sameScale = /\b(?:avg|min|max)\s*\(\s*$/;
const otherScale = /\b(?:sum|count|stddev|delta|rate|anomaly|event)\s*\(\s*$/;

/**
 * The limits that a rule's condition sets to `metric`: `temperature > 80 for 30s` gives 80.
 * Limits on another scale (a rate, a count, an anomaly) are not told.
 */
export function thresholdsOf(condition: string, metric: string): Threshold[] {
  const found: Threshold[] = [];
  for (const match of condition.matchAll(comparison)) {
    const [whole, name, operator, value] = match as unknown as [string, string, Threshold['operator'], string];
    if (name !== metric) continue;
    const call = whole.slice(0, whole.indexOf(name));
    if (otherScale.test(call) || (call && !sameScale.test(call))) continue;
    found.push({ metric: name, operator, value: Number(value) });
  }
  return found;
}

/** The metric that a condition is about: the first of the model's metrics that it names. */
export function metricOf(condition: string, metrics: string[]): string | null {
  const words = condition.replaceAll(/'[^']*'/g, '').match(/[A-Za-z_][\w.-]*/g) ?? [];
  return words.find((word) => metrics.includes(word)) ?? null;
}
