import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { path, send, type Versioned } from '@/api/client';
import { useSave } from '@/api/useSave';
import type { WrittenFlow } from '@/api/voice';
import type { Flow } from './flow';

/** A stored flow without its id. */
export function flowOf({ id: _, ...flow }: WrittenFlow): Flow {
  return flow as Flow;
}

/** Stores what is drawn, and knows whether it is stored. */
export function useFlowSave({ stored, id, flow }: { stored: Versioned<WrittenFlow> | undefined; id: string; flow: Flow }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [kept, setKept] = useState(() => JSON.stringify(flow));
  const save = useSave<WrittenFlow>({
    etag: stored?.etag ?? null,
    save: (ifMatch) => send<WrittenFlow>(path`/flows/${id}`, { method: 'PUT', body: { ...flow, id }, ifMatch }),
    read: () => send<WrittenFlow>(path`/flows/${id}`),
    onSaved: (saved) => {
      setKept(JSON.stringify(flowOf(saved)));
      for (const key of ['flowList', 'flow', 'flowVersions']) void client.invalidateQueries({ queryKey: [key] });
      if (!stored) void navigate({ to: '/flows/$id', params: { id }, ignoreBlocker: true });
    },
  });
  return { save, isDirty: JSON.stringify(flow) !== kept };
}
