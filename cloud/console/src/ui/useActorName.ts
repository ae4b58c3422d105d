import { skipToken, useQuery } from '@tanstack/react-query';
import { nameQuery } from '@/api/names';
import { agentsQuery } from '@/api/queries';
import { useI18n } from '@/i18n';

/** The parts of `agent:anna`, `device:press-7`, `customer:c1`, `rule:overheat`, or a plain word. */
function partsOf(actor: string) {
  const colon = actor.indexOf(':');
  return colon < 0 ? { type: actor, id: '' } : { type: actor.slice(0, colon), id: actor.slice(colon + 1) };
}

/** The one question whose answer names an actor: long lists have one of each in every row. */
function questionOf(type: string, id: string) {
  if (id && type === 'agent') return { ...agentsQuery, select: nameOfAgent(id) };
  if (id && (type === 'customer' || type === 'device')) return nameQuery(`${type}s`, id);
  return { queryKey: ['nobody'], queryFn: skipToken };
}

const nameOfAgent = (id: string) => (agents: { items: { id: string; name: string }[] }) =>
  agents.items.find((agent) => agent.id === id)?.name ?? null;

/** The name of who did something; null for nobody. */
export function useActorName(actor: string | null | undefined): string | null {
  const { code } = useI18n();
  const { type, id } = partsOf(actor ?? '');
  const name = useQuery<unknown, Error, string | null>(questionOf(type, id) as never).data;
  if (!actor) return null;
  if (type === 'rule') return `${code('actor', type)} ${id}`.trim();
  return name ?? (id || code('actor', type));
}
