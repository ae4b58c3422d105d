import type { RawReading } from '@/api/types';

/** A time in which a metric kept one value. */
export interface Run {
  value: string;
  fromMs: number;
  toMs: number;
}

/** Readings, oldest first, as the times in which the value stayed; each lasts until the next one, the last until `endMs`. */
export function runsOf(readings: readonly RawReading[], endMs: number): Run[] {
  const runs: Run[] = [];
  for (const { value, at } of readings) {
    const atMs = Date.parse(at);
    const last = runs.at(-1);
    if (last) last.toMs = atMs;
    if (last?.value !== String(value)) runs.push({ value: String(value), fromMs: atMs, toMs: atMs });
  }
  const last = runs.at(-1);
  if (last) last.toMs = Math.max(last.toMs, endMs);
  return runs;
}

/** The values of a metric in the order of its model; those that the model does not name come last. */
export function lanesOf(known: readonly string[], runs: readonly Run[]): string[] {
  const seen = new Set(runs.map((run) => run.value));
  return [...known, ...[...seen].filter((value) => !known.includes(value)).sort()];
}
