import type { QueryClient, QueryKey } from '@tanstack/react-query';

/** Figures change with every event of a busy desk; nobody reads them faster than this. */
const restMs = 2_000;

const resting = new Map<string, { again: boolean }>();

/** Has what is shown asked anew: at once, and where more comes meanwhile once more after a rest. */
export function refreshSeldom(client: QueryClient, queryKey: QueryKey) {
  const name = JSON.stringify(queryKey);
  const known = resting.get(name);
  if (known) {
    known.again = true;
    return;
  }
  const state = { again: false };
  resting.set(name, state);
  void client.invalidateQueries({ queryKey });
  setTimeout(() => {
    resting.delete(name);
    if (state.again) refreshSeldom(client, queryKey);
  }, restMs);
}
