import type { CaseListFilter, ConversationListFilter } from '@/api/lists';
import { unassigned } from '../cases/search';

export const views = ['mine', 'unassigned', 'all', 'snoozed'] as const;
export type View = (typeof views)[number];

/** The inbox's view and what is chosen in it, as they stand in the URL; what is missing does not filter. */
export interface InboxSearch {
  view?: View;
  queue?: string;
  /** The chosen conversation's id; either this or `caseId`. */
  talkId?: string;
  caseId?: string;
}

export function readInboxSearch(raw: Record<string, unknown>): InboxSearch {
  const text = (key: string) => (typeof raw[key] === 'string' && raw[key] ? (raw[key] as string) : undefined);
  return { view: views.find((view) => view === raw.view), queue: text('queue'), talkId: text('talkId'), caseId: text('caseId') };
}

interface Lists {
  cases: CaseListFilter;
  talks: ConversationListFilter;
}

/** Whose of the things to do a view shows; undefined: everybody's. */
export const assigneeOf = (view: View, me: string) => ({ mine: me, unassigned, all: undefined, snoozed: undefined })[view];

/** The two lists that a view is made of: what waits for somebody else is snoozed, the rest is to be done. */
export function listsOf({ view = 'all', queue }: InboxSearch, me: string): Lists {
  const assignee = assigneeOf(view, me);
  const isSnoozed = view === 'snoozed';
  return {
    cases: { status: isSnoozed ? 'pending' : 'open', assignee, queue, sort: 'breached' },
    talks: { status: isSnoozed ? 'snoozed' : 'open', assignee, queue, sort: 'breached' },
  };
}
