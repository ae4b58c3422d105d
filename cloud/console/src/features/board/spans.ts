const dayMs = 86_400_000;

/** From this morning until now, and the same part of the day a week ago; by the reader's clock, to the quarter of an hour. */
export function spansOf(nowMs: number): { today: { from: string }; before: { from: string; to: string } } {
  const morning = new Date(nowMs);
  morning.setHours(0, 0, 0, 0);
  const then = new Date(morning);
  then.setDate(then.getDate() - 7);
  const quarter = 15 * 60_000;
  const passed = Math.ceil((nowMs - morning.getTime()) / quarter) * quarter;
  return {
    today: { from: morning.toISOString() },
    before: { from: then.toISOString(), to: new Date(then.getTime() + Math.min(passed || quarter, dayMs)).toISOString() },
  };
}
