import { session } from './session';
import type { AgentSession } from './types';

type Role = AgentSession['role'];

/** From the least to the most; each may do all that those before it may. */
const roles: readonly Role[] = ['technician', 'agent', 'admin'];

/**
 * What not everybody who is signed in may do, and the least role that may; a test holds it to the API's own description.
 * `asks` is a call that stands for it.
 */
export const rights = {
  writeCampaigns: { least: 'agent', asks: 'PUT /campaigns/{id}' },
  writeCustomers: { least: 'agent', asks: 'PUT /customers/{id}' },
  mergeCustomers: { least: 'agent', asks: 'POST /customers/{id}/merge' },
  writeConversations: { least: 'agent', asks: 'PATCH /conversations/{id}' },
  writePlaces: { least: 'agent', asks: 'PUT /fences/{id}' },
  writeDevices: { least: 'admin', asks: 'PUT /devices/{id}' },
  writeModels: { least: 'admin', asks: 'PUT /models/{id}' },
  administer: { least: 'admin', asks: 'PUT /agents/{id}' },
  readAudit: { least: 'admin', asks: 'GET /audit' },
  enroll: { least: 'admin', asks: 'GET /enrollments' },
} as const satisfies Record<string, { least: Role; asks: string }>;

export type Right = keyof typeof rights;

export const mayAs = (role: Role, right: Right) => roles.indexOf(role) >= roles.indexOf(rights[right].least);

/** Whether who is signed in may do something: what may not be done is not offered. */
export function may(right: Right): boolean {
  const role = session.current()?.role;
  return role !== undefined && mayAs(role, right);
}
