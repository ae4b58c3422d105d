import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { path, send } from '@/api/client';
import type { WrittenFlow } from '@/api/voice';
import { newAddress } from '@/lib/newAddress';
import { Loading, QueryView } from '@/ui/states';
import { FlowEditor } from './FlowEditor';

/** A voice menu: drawn and changed, tried, and what it was before. */
export function FlowPage() {
  const { id } = useParams({ from: '/shell/flows/$id' });
  const query = useQuery({
    queryKey: ['flow', id],
    queryFn: ({ signal }) => send<WrittenFlow>(path`/flows/${id}`, { signal }),
    enabled: id !== newAddress,
  });
  return (
    <div className="page">
      {id === newAddress ? (
        <FlowEditor key={id} />
      ) : (
        <QueryView query={query} loading={<Loading rows={12} height={24} />}>
          {(stored) => <FlowEditor key={id} stored={stored} />}
        </QueryView>
      )}
    </div>
  );
}
