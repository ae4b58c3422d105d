import type { ClusterProcess, ProcessState } from '@/api/types';

/** What all processes do together. */
export interface Totals {
  active: number;
  lost: number;
  connections: number;
  grains: number;
  messagesPerSecond: number;
}

const rank: Record<ProcessState, number> = { lost: 0, leaving: 1, joining: 2, active: 3 };
const addresses = new Intl.Collator('en', { numeric: true });

/** Those in trouble first, then by address as people count: host 2 before host 10. */
export const inOrder = (processes: ClusterProcess[]): ClusterProcess[] =>
  processes.toSorted(
    (a, b) =>
      (rank[a.state] ?? 0) - (rank[b.state] ?? 0) ||
      addresses.compare(a.address, b.address) ||
      Date.parse(a.startedAt) - Date.parse(b.startedAt),
  );

export function totalsOf(processes: ClusterProcess[]): Totals {
  const sum = (of: (process: ClusterProcess) => number) => processes.reduce((whole, process) => whole + of(process), 0);
  return {
    active: sum(({ state }) => (state === 'active' ? 1 : 0)),
    lost: sum(({ state }) => (state === 'lost' ? 1 : 0)),
    connections: sum((process) => process.connections),
    grains: sum((process) => process.grains),
    messagesPerSecond: sum((process) => process.messagesPerSecond),
  };
}

/** Whether there should be an answer and was none. */
export const isSilent = ({ state, version }: ClusterProcess): boolean => version === null && (state === 'active' || state === 'leaving');
