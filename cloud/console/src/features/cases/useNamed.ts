import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { customersQuery, devicesQuery } from '@/api/queries';
import type { Named } from './search';

/** The customers and devices that the server finds for a search text; none while there is no text. */
export function useNamed(q: string | undefined): Named {
  const options = { enabled: !!q, placeholderData: keepPreviousData };
  const customers = useQuery({ ...customersQuery(q ?? ''), ...options }).data;
  const devices = useQuery({ ...devicesQuery({ q }), ...options }).data;
  return useMemo(() => {
    const ids = (page: { items: { id: string }[] } | undefined) => new Set(q ? page?.items.map((item) => item.id) : []);
    return { customers: ids(customers), devices: ids(devices) };
  }, [q, customers, devices]);
}
