import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { get, path, send } from '@/api/client';
import type { Enrollment, Page, Registration } from '@/api/types';

/** Registrations have no event of their own: the pages look again. */
const refetchInterval = 10_000;

export const enrollmentQuery = (id: string) =>
  queryOptions({
    queryKey: ['enrollment', id],
    queryFn: ({ signal }) => send<Enrollment>(path`/enrollments/${id}`, { signal }),
    refetchInterval,
  });

export const registrationsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['registrations', id],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Registration>>(path`/enrollments/${id}/registrations`, { cursor: pageParam, limit: 50 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page: Page<Registration>) => page.next ?? undefined,
    refetchInterval,
  });
