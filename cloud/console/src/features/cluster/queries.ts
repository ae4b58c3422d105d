import { queryOptions } from '@tanstack/react-query';
import { get } from '@/api/client';
import type { Cluster } from '@/api/types';

/** No event tells of processes: the page looks again, while it is looked at. */
export const clusterQuery = queryOptions({
  queryKey: ['cluster'],
  queryFn: ({ signal }) => get<Cluster>('/cluster', {}, signal),
  refetchInterval: 2_000,
  refetchOnWindowFocus: 'always',
});
