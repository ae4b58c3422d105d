import type { OfferedWork } from '@/api/types';

/** What is offered no longer, though one did not settle it oneself here. */
export const goneOf = (before: OfferedWork[], now: OfferedWork[], settled: ReadonlySet<string>): OfferedWork[] =>
  before.filter(({ id }) => !settled.has(id) && !now.some((work) => work.id === id));
