import { session } from './session';

/**
 * What not everybody who is signed in may do, and the rights of which one is needed; a test holds it to the API's own description.
 * `asks` is a call that stands for it.
 */
export const rights = {
  readCases: { needs: ['cases:read'], asks: 'GET /cases' },
  readConversations: { needs: ['conversations:read'], asks: 'GET /conversations' },
  readCustomers: { needs: ['customers:read'], asks: 'GET /customers' },
  readDevices: { needs: ['devices:read'], asks: 'GET /devices' },
  readPlaces: { needs: ['places:read'], asks: 'GET /fences' },
  readCampaigns: { needs: ['campaigns:read'], asks: 'GET /campaigns' },
  readArticles: { needs: ['articles:read'], asks: 'GET /articles' },
  readReports: { needs: ['reports:read'], asks: 'GET /voice' },
  readModels: { needs: ['models:read'], asks: 'GET /models' },
  readCluster: { needs: ['cluster:read'], asks: 'GET /cluster' },
  readPeople: { needs: ['people:read'], asks: 'GET /roles' },
  readKeys: { needs: ['keys:read'], asks: 'GET /api-keys' },
  writeKeys: { needs: ['keys:write'], asks: 'POST /api-keys' },
  writeCampaigns: { needs: ['campaigns:write'], asks: 'PUT /campaigns/{id}' },
  writeArticles: { needs: ['articles:write'], asks: 'PUT /articles/{id}' },
  writeCustomers: { needs: ['customers:write'], asks: 'PUT /customers/{id}' },
  mergeCustomers: { needs: ['customers:write'], asks: 'POST /customers/{id}/merge' },
  writeConversations: { needs: ['conversations:write'], asks: 'PATCH /conversations/{id}' },
  writePlaces: { needs: ['places:write'], asks: 'PUT /fences/{id}' },
  writeDevices: { needs: ['devices:write'], asks: 'PUT /devices/{id}' },
  writeModels: { needs: ['models:write'], asks: 'PUT /models/{id}' },
  writeChannels: { needs: ['settings:write'], asks: 'PUT /channels/{id}' },
  writeQueues: { needs: ['queues:write'], asks: 'PUT /queues/{id}' },
  administer: { needs: ['people:write'], asks: 'PUT /agents/{id}' },
  readAudit: { needs: ['audit:read'], asks: 'GET /audit' },
  enroll: { needs: ['enrollments:read'], asks: 'GET /enrollments' },
} as const satisfies Record<string, { needs: readonly string[]; asks: string }>;

export type Right = keyof typeof rights;

/** Whoever may write may read. */
export const hasRight = (held: readonly string[], name: string) => held.includes(name) || held.includes(name.replace(/:read$/, ':write'));

export const mayWith = (held: readonly string[], right: Right) => rights[right].needs.some((name) => hasRight(held, name));

/** Whether who is signed in may do something: what may not be done is not offered. */
export const may = (right: Right) => mayWith(session.current()?.rights ?? [], right);
