import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router';
import { session } from '@/api/session';
import { readAuditSearch } from '@/features/audit/search';
import { readCaseSearch } from '@/features/cases/search';
import { readConversationSearch } from '@/features/conversations/search';
import { readInboxSearch } from '@/features/inbox/search';
import { readVoiceSearch } from '@/features/voice/search';
import { firstForMe } from './access';
import { Crash } from './Crash';

const root = createRootRoute({ component: Outlet });

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/signin',
  validateSearch: (search: Record<string, unknown>): { from?: string; oidc?: string } => ({
    from: text(search.from),
    oidc: text(search.oidc),
  }),
  component: lazyRouteComponent(() => import('@/features/signin/SignInPage'), 'SignInPage'),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: lazyRouteComponent(() => import('./Shell'), 'Shell'),
  beforeLoad: ({ location }) => {
    if (!session.current()) throw redirect({ to: '/signin', search: { from: location.href } });
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: firstForMe() });
  },
});

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox',
  validateSearch: readInboxSearch,
  component: lazyRouteComponent(() => import('@/features/inbox/InboxPage'), 'InboxPage'),
});

const board = createRoute({
  getParentRoute: () => shell,
  path: '/board',
  component: lazyRouteComponent(() => import('@/features/board/BoardPage'), 'BoardPage'),
});

const voice = createRoute({
  getParentRoute: () => shell,
  path: '/voice',
  validateSearch: readVoiceSearch,
  component: lazyRouteComponent(() => import('@/features/voice/VoicePage'), 'VoicePage'),
});

const surveys = createRoute({
  getParentRoute: () => shell,
  path: '/surveys',
  component: lazyRouteComponent(() => import('@/features/surveys/SurveysPage'), 'SurveysPage'),
});

const imports = createRoute({
  getParentRoute: () => shell,
  path: '/imports',
  component: lazyRouteComponent(() => import('@/features/imports/ImportsPage'), 'ImportsPage'),
});

const cases = createRoute({
  getParentRoute: () => shell,
  path: '/cases',
  validateSearch: readCaseSearch,
  component: lazyRouteComponent(() => import('@/features/cases/InboxPage'), 'InboxPage'),
});

const caseDetail = createRoute({
  getParentRoute: () => shell,
  path: '/cases/$id',
  component: lazyRouteComponent(() => import('@/features/cases/CasePage'), 'CasePage'),
});

const customers = createRoute({
  getParentRoute: () => shell,
  path: '/customers',
  validateSearch: (search: Record<string, unknown>): { q?: string } => ({ q: text(search.q) }),
  component: lazyRouteComponent(() => import('@/features/customers/CustomersPage'), 'CustomersPage'),
});

const customer = createRoute({
  getParentRoute: () => shell,
  path: '/customers/$id',
  validateSearch: (search: Record<string, unknown>): { group?: string; channel?: string } => ({
    group: text(search.group),
    channel: text(search.channel),
  }),
  component: lazyRouteComponent(() => import('@/features/customers/CustomerPage'), 'CustomerPage'),
});

const devices = createRoute({
  getParentRoute: () => shell,
  path: '/devices',
  validateSearch: (search: Record<string, unknown>): { q?: string; model?: string; health?: string } => ({
    q: text(search.q),
    model: text(search.model),
    health: text(search.health),
  }),
  component: lazyRouteComponent(() => import('@/features/devices/DevicesPage'), 'DevicesPage'),
});

const device = createRoute({
  getParentRoute: () => shell,
  path: '/devices/$id',
  validateSearch: (search: Record<string, unknown>): { metric?: string; range?: string; unusual?: string } => ({
    metric: text(search.metric),
    range: text(search.range),
    unusual: text(search.unusual),
  }),
  component: lazyRouteComponent(() => import('@/features/devices/DevicePage'), 'DevicePage'),
});

const models = createRoute({
  getParentRoute: () => shell,
  path: '/models',
  component: lazyRouteComponent(() => import('@/features/models/ModelsPage'), 'ModelsPage'),
});

const model = createRoute({
  getParentRoute: () => shell,
  path: '/models/$id',
  component: lazyRouteComponent(() => import('@/features/models/ModelPage'), 'ModelPage'),
});

const start = createRoute({
  getParentRoute: () => shell,
  path: '/start',
  component: lazyRouteComponent(() => import('@/features/setup/StartPage'), 'StartPage'),
});

const places = createRoute({
  getParentRoute: () => shell,
  path: '/places',
  validateSearch: (search: Record<string, unknown>): { fence?: string } => ({ fence: text(search.fence) }),
  component: lazyRouteComponent(() => import('@/features/places/PlacesPage'), 'PlacesPage'),
});

const campaigns = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns',
  validateSearch: (search: Record<string, unknown>): { q?: string } => ({ q: text(search.q) }),
  component: lazyRouteComponent(() => import('@/features/campaigns/CampaignsPage'), 'CampaignsPage'),
});

const campaign = createRoute({
  getParentRoute: () => shell,
  path: '/campaigns/$id',
  component: lazyRouteComponent(() => import('@/features/campaigns/CampaignPage'), 'CampaignPage'),
});

const articles = createRoute({
  getParentRoute: () => shell,
  path: '/articles',
  validateSearch: (search: Record<string, unknown>): { q?: string } => ({ q: text(search.q) }),
  component: lazyRouteComponent(() => import('@/features/knowledge/KnowledgePage'), 'KnowledgePage'),
});

const article = createRoute({
  getParentRoute: () => shell,
  path: '/articles/$id',
  component: lazyRouteComponent(() => import('@/features/knowledge/ArticlePage'), 'ArticlePage'),
});

const flows = createRoute({
  getParentRoute: () => shell,
  path: '/flows',
  validateSearch: (search: Record<string, unknown>): { q?: string } => ({ q: text(search.q) }),
  component: lazyRouteComponent(() => import('@/features/calls/FlowsPage'), 'FlowsPage'),
});

const flow = createRoute({
  getParentRoute: () => shell,
  path: '/flows/$id',
  component: lazyRouteComponent(() => import('@/features/calls/FlowPage'), 'FlowPage'),
});

const callbacks = createRoute({
  getParentRoute: () => shell,
  path: '/callbacks',
  validateSearch: (search: Record<string, unknown>): { status?: string } => ({ status: text(search.status) }),
  component: lazyRouteComponent(() => import('@/features/calls/CallBacksPage'), 'CallBacksPage'),
});

const conversations = createRoute({
  getParentRoute: () => shell,
  path: '/conversations',
  validateSearch: readConversationSearch,
  component: lazyRouteComponent(() => import('@/features/conversations/ConversationsPage'), 'ConversationsPage'),
});

const enrollments = createRoute({
  getParentRoute: () => shell,
  path: '/enrollments',
  component: lazyRouteComponent(() => import('@/features/enrollments/EnrollmentsPage'), 'EnrollmentsPage'),
});

const enrollment = createRoute({
  getParentRoute: () => shell,
  path: '/enrollments/$id',
  component: lazyRouteComponent(() => import('@/features/enrollments/EnrollmentPage'), 'EnrollmentPage'),
});

const audit = createRoute({
  getParentRoute: () => shell,
  path: '/audit',
  validateSearch: readAuditSearch,
  component: lazyRouteComponent(() => import('@/features/audit/AuditPage'), 'AuditPage'),
});

const channels = createRoute({
  getParentRoute: () => shell,
  path: '/channels',
  component: lazyRouteComponent(() => import('@/features/settings/ChannelsPage'), 'ChannelsPage'),
});

const systems = createRoute({
  getParentRoute: () => shell,
  path: '/systems',
  component: lazyRouteComponent(() => import('@/features/systems/SystemsPage'), 'SystemsPage'),
});

const queues = createRoute({
  getParentRoute: () => shell,
  path: '/queues',
  component: lazyRouteComponent(() => import('@/features/settings/QueuesPage'), 'QueuesPage'),
});

const automation = createRoute({
  getParentRoute: () => shell,
  path: '/automation',
  component: lazyRouteComponent(() => import('@/features/automation/AutomationPage'), 'AutomationPage'),
});

const bots = createRoute({
  getParentRoute: () => shell,
  path: '/bots',
  component: lazyRouteComponent(() => import('@/features/bots/BotsPage'), 'BotsPage'),
});

const people = createRoute({
  getParentRoute: () => shell,
  path: '/people',
  component: lazyRouteComponent(() => import('@/features/people/PeoplePage'), 'PeoplePage'),
});

const keys = createRoute({
  getParentRoute: () => shell,
  path: '/keys',
  component: lazyRouteComponent(() => import('@/features/keys/KeysPage'), 'KeysPage'),
});

const me = createRoute({
  getParentRoute: () => shell,
  path: '/me',
  component: lazyRouteComponent(() => import('@/features/me/MePage'), 'MePage'),
});

const cluster = createRoute({
  getParentRoute: () => shell,
  path: '/cluster',
  component: lazyRouteComponent(() => import('@/features/cluster/ClusterPage'), 'ClusterPage'),
});

const system = createRoute({
  getParentRoute: () => shell,
  path: '/system',
  component: lazyRouteComponent(() => import('@/features/system/SystemPage'), 'SystemPage'),
});

/** Whatever else is typed: the frame stays, so that there is a way on. */
const nothingHere = createRoute({
  getParentRoute: () => shell,
  path: '$',
  component: lazyRouteComponent(() => import('./NotFound'), 'NotFound'),
});

/** Search parameters as plain words (`?q=1040` is a text), without the router's own JSON. */
function plainSearch(search: Record<string, unknown>): string {
  const entries = Object.entries(search).filter(([, value]) => typeof value === 'string' && value !== '') as [string, string][];
  return entries.length > 0 ? `?${new URLSearchParams(entries)}` : '';
}

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    shell.addChildren([
      home,
      inbox,
      board,
      voice,
      surveys,
      imports,
      cases,
      caseDetail,
      customers,
      customer,
      devices,
      device,
      models,
      model,
      start,
      places,
      campaigns,
      campaign,
      articles,
      article,
      flows,
      flow,
      callbacks,
      conversations,
      enrollments,
      enrollment,
      channels,
      systems,
      queues,
      automation,
      bots,
      people,
      keys,
      me,
      audit,
      cluster,
      system,
      nothingHere,
    ]),
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  // What an address says beside a page's own parameters is nothing to the page: it must not go into calls.
  search: { strict: true },
  defaultErrorComponent: Crash,
  parseSearch: (search) => Object.fromEntries(new URLSearchParams(search)),
  stringifySearch: plainSearch,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
