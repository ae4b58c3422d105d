/** Until when something may be put out of sight: `at` null means until its customer writes. */
export interface SnoozeChoice {
  key: 'Hour' | 'Hours' | 'Day' | 'Week' | 'Reply';
  at: Date | null;
}

const hourMs = 3_600_000;
/** When people are at their desks again, in local time. */
const morning = 9;

function morningIn(nowMs: number, days: number): Date {
  const at = new Date(nowMs);
  at.setDate(at.getDate() + days);
  at.setHours(morning, 0, 0, 0);
  return at;
}

/** What is offered at a moment: an hour, four, tomorrow's and the next Monday's morning, and the customer's next words. */
export function snoozeChoices(nowMs: number): SnoozeChoice[] {
  const untilMonday = (8 - new Date(nowMs).getDay()) % 7 || 7;
  const choices: SnoozeChoice[] = [
    { key: 'Hour', at: new Date(nowMs + hourMs) },
    { key: 'Hours', at: new Date(nowMs + 4 * hourMs) },
    { key: 'Day', at: morningIn(nowMs, 1) },
    { key: 'Week', at: morningIn(nowMs, untilMonday) },
    { key: 'Reply', at: null },
  ];
  // On a Sunday both mornings are the same.
  return choices.filter(({ key }) => key !== 'Week' || untilMonday > 1);
}
