import { useQuery } from '@tanstack/react-query';
import { nameQuery } from '@/api/names';
import { agentsQuery } from '@/api/queries';
import { useI18n } from '@/i18n';

/** The name of who did something, from `agent:anna`, `device:press-7`, `customer:c1` or a plain word; null for nobody. */
export function useActorName(actor: string | null | undefined): string | null {
  const { code } = useI18n();
  const [type = '', id = ''] = actor?.includes(':')
    ? [actor.slice(0, actor.indexOf(':')), actor.slice(actor.indexOf(':') + 1)]
    : [actor ?? ''];
  const agents = useQuery({ ...agentsQuery, enabled: type === 'agent' }).data?.items;
  const customer = useQuery({ ...nameQuery('customers', id), enabled: type === 'customer' && id !== '' }).data;
  const device = useQuery({ ...nameQuery('devices', id), enabled: type === 'device' && id !== '' }).data;
  if (!actor) return null;
  if (type === 'rule') return `${code('actor', type)} ${id}`.trim();
  const known = { agent: agents?.find((agent) => agent.id === id)?.name, customer, device };
  return known[type as keyof typeof known] ?? (id || code('actor', type));
}
