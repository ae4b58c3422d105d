import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { clusterQuery } from './queries';

/**
 * The cluster, and what keeps it from being known.
 * A query without data forgets its failure whenever it asks again; here it stays until there is an answer, so that the page does not blink.
 */
export function useCluster() {
  const { data, error, isPending, dataUpdatedAt, refetch } = useQuery(clusterQuery);
  const [failure, setFailure] = useState<Error | null>(null);
  useEffect(() => {
    if (!isPending) setFailure(error);
  }, [isPending, error]);
  return { data, error: error ?? (isPending ? failure : null), isPending, dataUpdatedAt, refetch };
}
