import type { Case, CaseStatus, Priority } from '@/api/types';

export const unresolvedStatuses = ['open', 'pending', 'verifying'] as const satisfies readonly CaseStatus[];
export const statusViews = ['unresolved', 'open', 'pending', 'verifying', 'resolved', 'closed'] as const;
export type StatusView = (typeof statusViews)[number];
export const priorities = ['urgent', 'high', 'normal', 'low'] as const satisfies readonly Priority[];

/** The inbox's filters as they stand in the URL; what is missing does not filter. */
export interface CaseSearch {
  status?: StatusView;
  assignee?: string;
  queue?: string;
  priority?: Priority;
  q?: string;
}

/** Stands for cases that nobody has. */
export const unassigned = '-';

export function readCaseSearch(raw: Record<string, unknown>): CaseSearch {
  const text = (key: string) => (typeof raw[key] === 'string' && raw[key] ? (raw[key] as string) : undefined);
  const status = text('status') as StatusView | undefined;
  const priority = text('priority') as Priority | undefined;
  return {
    status: status && statusViews.includes(status) ? status : undefined,
    assignee: text('assignee'),
    queue: text('queue'),
    priority: priority && priorities.includes(priority) ? priority : undefined,
    q: text('q'),
  };
}

/** The statuses to load for a view. */
export function statusesOf(view: StatusView | undefined): readonly CaseStatus[] {
  return !view || view === 'unresolved' ? unresolvedStatuses : [view];
}

/** Ids of the customers and devices whose names hold what is searched for; a case itself knows ids only. */
export interface Named {
  customers: ReadonlySet<string>;
  devices: ReadonlySet<string>;
}

const nobody: Named = { customers: new Set(), devices: new Set() };

export function matches(item: Case, search: CaseSearch, named: Named = nobody): boolean {
  if (search.assignee && (item.assignee ?? unassigned) !== search.assignee) return false;
  if (search.queue && item.queue !== search.queue) return false;
  if (search.priority && item.priority !== search.priority) return false;
  if (!search.q) return true;
  if (named.customers.has(item.customerId ?? '') || named.devices.has(item.deviceId ?? '')) return true;
  const words = `${item.number} ${item.title} ${item.deviceId ?? ''} ${item.customerId ?? ''}`.toLowerCase();
  return search.q.toLowerCase().split(/\s+/).every((word) => words.includes(word));
}

const rank: Record<Priority, number> = { urgent: 0, high: 1, normal: 2, low: 3 };

/** Most pressing first: by priority, then by the newest; settled cases by the newest alone. */
export function order(items: Case[], view: StatusView | undefined): Case[] {
  const byTime = (a: Case, b: Case) => Date.parse(b.openedAt) - Date.parse(a.openedAt);
  if (view === 'resolved' || view === 'closed') return items.slice().sort(byTime);
  return items.slice().sort((a, b) => (rank[a.priority] ?? 2) - (rank[b.priority] ?? 2) || byTime(a, b));
}
