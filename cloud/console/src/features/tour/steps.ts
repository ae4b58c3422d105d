import type { MessageKey } from '@/i18n/en';

/** The first of a list, whose page is opened where there is one. */
interface First {
  list: string;
  filter?: Record<string, string>;
  under: string;
}

export interface TourStep {
  id: string;
  /** Its page; a step is for those whom the page is for. */
  page: string;
  first?: First;
  /** What is pointed at, by a selector; missing: the page's heading. */
  mark?: string;
  title: MessageKey;
  text: MessageKey;
}

const aCase: First = { list: '/cases', filter: { unresolved: 'true', sort: 'pressing' }, under: '/cases/' };
const aDevice: First = { list: '/devices', under: '/devices/' };

const handle = (name: string) => `[data-testid='${name}']`;

const known = {
  inbox: { page: '/inbox', mark: handle('inbox-row'), title: 'nav.inbox', text: 'tour.inbox' },
  case: { page: '/cases', first: aCase, mark: handle('alarm-row'), title: 'nav.cases', text: 'tour.case' },
  resolve: { page: '/cases', first: aCase, mark: handle('resolve-button'), title: 'nav.cases', text: 'tour.resolve' },
  conversations: { page: '/conversations', title: 'nav.conversations', text: 'tour.conversations' },
  customers: { page: '/customers', title: 'nav.customers', text: 'tour.customers' },
  devices: { page: '/devices', first: aDevice, mark: handle('command-button'), title: 'nav.devices', text: 'tour.devices' },
  places: { page: '/places', title: 'nav.places', text: 'tour.places' },
  campaigns: { page: '/campaigns', title: 'nav.campaigns', text: 'tour.campaigns' },
  articles: { page: '/articles', title: 'nav.articles', text: 'tour.articles' },
  board: { page: '/board', title: 'nav.board', text: 'tour.board' },
  voice: { page: '/voice', title: 'nav.voice', text: 'tour.voice' },
  queues: { page: '/queues', title: 'nav.queues', text: 'tour.queues' },
  channels: { page: '/channels', title: 'nav.channels', text: 'tour.channels' },
  models: { page: '/models', title: 'nav.models', text: 'tour.models' },
  people: { page: '/people', title: 'nav.people', text: 'tour.people' },
  system: { page: '/system', title: 'nav.system', text: 'tour.system' },
} as const satisfies Record<string, Omit<TourStep, 'id'>>;

type StepId = keyof typeof known;

/** What each role does on its first day, in the order of doing it. */
export const tours: Record<string, readonly StepId[]> = {
  agent: ['inbox', 'case', 'resolve', 'conversations', 'customers'],
  technician: ['devices', 'case', 'resolve', 'places', 'articles'],
  marketer: ['places', 'campaigns', 'customers', 'voice'],
  supervisor: ['board', 'inbox', 'voice', 'queues', 'articles'],
  admin: ['models', 'devices', 'channels', 'queues', 'people', 'system'],
};

/** Short enough to be gone through: of a role that somebody made, the first of its pages. */
const most = 6;

/** The steps for a role, without pages that are not for whoever has it. */
export function stepsOf(role: string, isFor: (page: string) => boolean): TourStep[] {
  const ids = tours[role] ?? (Object.keys(known) as StepId[]);
  return ids
    .map((id): TourStep => ({ id, ...known[id] }))
    .filter(({ page }) => isFor(page))
    .slice(0, most);
}
