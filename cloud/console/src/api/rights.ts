import { session, type SignedIn } from './session';

/** What somebody holds. */
export type Holder = Pick<SignedIn, 'rights' | 'queues' | 'sites'>;

/**
 * What not everybody who is signed in may do, and the rights of which one is needed; a test holds it to the API's own description.
 * `asks` is a call that stands for it; nobody who is limited to queues or sites makes one that is `whole`.
 */
export const rights = {
  readCases: { needs: ['cases:read'], asks: 'GET /cases' },
  readConversations: { needs: ['conversations:read'], asks: 'GET /conversations' },
  readCustomers: { needs: ['customers:read'], asks: 'GET /customers' },
  readDevices: { needs: ['devices:read'], asks: 'GET /devices' },
  readPlaces: { needs: ['places:read'], asks: 'GET /fences' },
  readCampaigns: { needs: ['campaigns:read'], asks: 'GET /campaigns' },
  readArticles: { needs: ['articles:read'], asks: 'GET /articles' },
  readFlows: { needs: ['conversations:read', 'settings:read'], asks: 'GET /flows' },
  readReports: { needs: ['reports:read'], asks: 'GET /voice', whole: true },
  readSurveys: { needs: ['reports:read', 'settings:read'], asks: 'GET /surveys' },
  writeSurveys: { needs: ['settings:write'], asks: 'PUT /surveys/{id}', whole: true },
  writeThemes: { needs: ['reports:write', 'settings:write'], asks: 'PUT /themes/{id}', whole: true },
  bringIn: { needs: ['articles:write', 'customers:write', 'devices:write'], asks: 'POST /imports', whole: true },
  readModels: { needs: ['models:read'], asks: 'GET /models' },
  readCluster: { needs: ['cluster:read'], asks: 'GET /cluster' },
  readPeople: { needs: ['people:read'], asks: 'GET /roles' },
  readKeys: { needs: ['keys:read'], asks: 'GET /api-keys', whole: true },
  writeKeys: { needs: ['keys:write'], asks: 'POST /api-keys', whole: true },
  writeCampaigns: { needs: ['campaigns:write'], asks: 'PUT /campaigns/{id}', whole: true },
  writeArticles: { needs: ['articles:write'], asks: 'PUT /articles/{id}', whole: true },
  writeCustomers: { needs: ['customers:write'], asks: 'PUT /customers/{id}' },
  mergeCustomers: { needs: ['customers:write'], asks: 'POST /customers/{id}/merge' },
  writeConversations: { needs: ['conversations:write'], asks: 'PATCH /conversations/{id}' },
  writePlaces: { needs: ['places:write'], asks: 'PUT /fences/{id}' },
  writeDevices: { needs: ['devices:write'], asks: 'PUT /devices/{id}' },
  writeModels: { needs: ['models:write'], asks: 'PUT /models/{id}', whole: true },
  writeChannels: { needs: ['settings:write'], asks: 'PUT /channels/{id}', whole: true },
  writeWebhooks: { needs: ['settings:write'], asks: 'PUT /webhooks/{id}', whole: true },
  writeQueues: { needs: ['queues:write'], asks: 'PUT /queues/{id}' },
  writeDesk: { needs: ['queues:write'], asks: 'PUT /calendars/{id}', whole: true },
  writeAutomation: { needs: ['queues:write'], asks: 'PUT /replies/{id}', whole: true },
  writeBots: { needs: ['settings:write'], asks: 'PUT /bots/{id}', whole: true },
  administer: { needs: ['people:write'], asks: 'PUT /agents/{id}', whole: true },
  readAudit: { needs: ['audit:read'], asks: 'GET /audit', whole: true },
  enroll: { needs: ['enrollments:read'], asks: 'GET /enrollments', whole: true },
} as const satisfies Record<string, { needs: readonly string[]; asks: string; whole?: true }>;

export type Right = keyof typeof rights;

/** Whoever may write may read. */
export const hasRight = (held: readonly string[], name: string) => held.includes(name) || held.includes(name.replace(/:read$/, ':write'));

export const mayWith = ({ rights: held, queues, sites }: Holder, right: Right) =>
  rights[right].needs.some((name) => hasRight(held, name)) && !((queues ?? sites) && 'whole' in rights[right]);

/** Whether who is signed in may do something: what may not be done is not offered. */
export const may = (right: Right) => mayWith(session.current() ?? { rights: [] }, right);
