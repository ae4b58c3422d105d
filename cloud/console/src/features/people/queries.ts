import { queryOptions } from '@tanstack/react-query';
import { get } from '@/api/client';
import type { Page, Role } from '@/api/types';

export const rolesQuery = queryOptions({ queryKey: ['roles'], queryFn: ({ signal }) => get<Page<Role>>('/roles', {}, signal) });
