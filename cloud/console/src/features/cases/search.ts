import type { CaseListFilter } from '@/api/lists';
import type { Case, CasePriority, CaseStatus } from '@/api/types';
import { byAttention } from './sla';

export const statusViews = ['unresolved', 'open', 'pending', 'verifying', 'resolved', 'closed'] as const;
export type StatusView = (typeof statusViews)[number];
export const priorities = ['urgent', 'high', 'normal', 'low'] as const satisfies readonly CasePriority[];

/** The inbox's filters as they stand in the URL; what is missing does not filter. */
export interface CaseSearch {
  status?: StatusView;
  assignee?: string;
  queue?: string;
  priority?: CasePriority;
  q?: string;
}

/** Stands for cases that nobody has, here and in the API. */
export const unassigned = '-';

export function readCaseSearch(raw: Record<string, unknown>): CaseSearch {
  const text = (key: string) => (typeof raw[key] === 'string' && raw[key] ? (raw[key] as string) : undefined);
  const status = text('status') as StatusView | undefined;
  const priority = text('priority') as CasePriority | undefined;
  return {
    status: status && statusViews.includes(status) ? status : undefined,
    assignee: text('assignee'),
    queue: text('queue'),
    priority: priority && priorities.includes(priority) ? priority : undefined,
    q: text('q'),
  };
}

/** The list that a view shows: most pressing first, settled cases by the newest alone. */
export function listOf({ status = 'unresolved', ...filter }: CaseSearch): CaseListFilter {
  if (status === 'unresolved') return { ...filter, unresolved: 'true', sort: 'pressing' };
  const isSettled = status === 'resolved' || status === 'closed';
  return { ...filter, status, sort: isSettled ? 'newest' : 'pressing' };
}

const unresolved: readonly CaseStatus[] = ['open', 'pending', 'verifying'];

/** Whether a case is on a list, as far as the case itself tells: what a search text finds only the server knows. */
export function isOnList(item: Case, filter: CaseListFilter): boolean {
  if (filter.status && filter.status !== item.status) return false;
  if (filter.unresolved === 'true' && !unresolved.includes(item.status)) return false;
  if (filter.assignee && (item.assignee ?? unassigned) !== filter.assignee) return false;
  if (filter.customerId && filter.customerId !== item.customerId) return false;
  return (!filter.queue || item.queue === filter.queue) && (!filter.priority || item.priority === filter.priority);
}

const rank: Record<CasePriority, number> = { urgent: 0, high: 1, normal: 2, low: 3 };
const byNumber = (a: Case, b: Case) => Number(b.number) - Number(a.number);

/** The order of a list, as the server has it. */
export function orderOf({ sort }: Pick<CaseListFilter, 'sort'>): (a: Case, b: Case) => number {
  if (sort === 'breached') return byAttention;
  return sort === 'pressing' ? (a, b) => rank[a.priority] - rank[b.priority] || byNumber(a, b) : byNumber;
}
