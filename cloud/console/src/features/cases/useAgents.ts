import { useQuery } from '@tanstack/react-query';
import { agentsQuery } from '@/api/queries';
import { session } from '@/api/session';

/** The agents, and which of them is signed in. */
export function useAgents() {
  const agents = useQuery(agentsQuery).data?.items ?? [];
  const person = session.current();
  const me = agents.find((agent) => agent.id === person?.user || agent.name === person?.name);
  return {
    agents,
    /** Id to assign to for "me". */
    me: me?.id ?? person?.user ?? '',
    nameOf: (id: string) => agents.find((agent) => agent.id === id)?.name ?? id,
  };
}
