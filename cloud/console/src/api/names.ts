import { queryOptions, useQueries } from '@tanstack/react-query';
import { useCallback } from 'react';
import { send } from './client';
import { NameLoader, type Named, type Names } from './nameLoader';

export type { Named } from './nameLoader';

const loader = new NameLoader(async (ids) => (await send<Names>('/names', { method: 'POST', body: ids })).value);

/** A name, null when there is none; the names of a page come with one call. */
export const nameQuery = (kind: Named, id: string) =>
  queryOptions({
    queryKey: ['name', kind, id],
    queryFn: () => loader.load(kind, id),
    staleTime: 5 * 60_000,
  });

/** Names by id, as far as they are known; the map stays the same until one of them changes. */
export function useNames(kind: Named, ids: readonly string[]): ReadonlyMap<string, string> {
  return useQueries({
    queries: ids.map((id) => nameQuery(kind, id)),
    combine: useCallback(
      (results: { data?: string | null }[]) => new Map(ids.flatMap((id, i) => (results[i]?.data ? [[id, results[i].data] as const] : []))),
      [ids],
    ),
  });
}
