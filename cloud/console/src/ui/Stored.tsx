import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { send, type Versioned } from '@/api/client';
import { useI18n } from '@/i18n';
import { Loading, QueryView } from './states';

/** Reads a document, with the version that it has now, for a form that opens in a window; the form begins when it is there. */
export function Stored<T>({
  address,
  onClose,
  children,
}: {
  address: string;
  onClose: () => void;
  children: (stored: Versioned<T>) => ReactNode;
}) {
  const { t } = useI18n();
  // Read once: what the form began with stays, whatever is refreshed meanwhile.
  const query = useQuery({
    queryKey: ['stored', address],
    queryFn: ({ signal }) => send<T>(address, { signal }),
    gcTime: 0,
    staleTime: Infinity,
  });
  if (query.data) return children(query.data);
  return (
    <Modal opened onClose={onClose} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <QueryView query={query} loading={<Loading rows={4} />}>
        {() => null}
      </QueryView>
    </Modal>
  );
}
