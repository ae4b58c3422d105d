import { queryOptions } from '@tanstack/react-query';
import { get } from '@/api/client';
import type { MyDesk } from '@/api/types';

/** How one is at work, and what was given to one. The stream tells of changes of cases and conversations; what is left is time. */
export const myDeskQuery = queryOptions({
  queryKey: ['myDesk'],
  queryFn: ({ signal }) => get<MyDesk>('/me/desk', {}, signal),
});
