import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { ApiError, path, send } from '@/api/client';
import type { Fence, Site } from '@/api/types';
import { useI18n } from '@/i18n';
import type { Mistake } from './draftLayer';
import { emptyShape } from './FenceForm';
import { idFor, placeOf, shapeOf, toGeoJson, type Draft, type Shape } from './geometry';

/** The fence being drawn or changed, and its way to the server. */
export function useFenceEditor(fences: Fence[], sites: Site[], onSaved: (id: string | undefined) => void) {
  const client = useQueryClient();
  const { t } = useI18n();
  const [draft, setDraft] = useState<Draft | null>(null);
  const end = (id: string | undefined) => {
    setDraft(null);
    onSaved(id);
    void client.invalidateQueries({ queryKey: ['fences'] });
    void client.invalidateQueries({ queryKey: ['sites'] });
  };

  const save = useMutation({
    mutationFn: async (fence: Draft) => {
      const id = fence.id ?? idFor(fence.name, fences.map((known) => known.id));
      const siteId = fence.newSite?.trim() ? await createSite(fence.newSite.trim(), sites) : fence.siteId;
      await send(path`/fences/${id}`, { method: 'PUT', body: toGeoJson({ ...fence, siteId }) });
      return id;
    },
    onSuccess: (id) => {
      notifications.show({ color: 'teal', message: t('fence.saved') });
      end(id);
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) => send(path`/fences/${id}`, { method: 'DELETE' }),
    onSuccess: () => end(undefined),
  });

  const { reset } = save;
  const change = useCallback(
    (next: Draft | null) => {
      reset();
      setDraft(next);
    },
    [reset],
  );
  const setShape = useCallback((shape: Shape) => setDraft((known) => known && { ...known, shape }), []);
  const mistakes = useMemo(() => mistakesOn(save.error, draft?.shape), [save.error, draft?.shape]);

  return {
    draft,
    error: save.error ?? remove.error,
    saving: save.isPending,
    mistakes,
    change,
    setShape,
    begin: (siteId: string | null) => change({ id: null, name: '', siteId, newSite: siteId === null ? '' : null, shape: emptyShape('polygon') }),
    edit: (fence: Fence) => {
      const shape = shapeOf(fence);
      if (shape) change({ id: fence.id, name: fence.name, siteId: fence.siteId, newSite: null, shape });
    },
    save: () => draft && save.mutate(draft),
    remove: () => draft?.id && remove.mutate(draft.id),
    cancel: () => change(null),
  };
}

async function createSite(name: string, sites: Site[]): Promise<string> {
  const id = idFor(name, sites.map((site) => site.id));
  await send(path`/sites/${id}`, { method: 'PUT', body: { name } });
  return id;
}

function mistakesOn(error: unknown, shape: Shape | undefined): Mistake[] {
  if (!(error instanceof ApiError) || !shape) return [];
  return error.mistakes.flatMap((mistake) => {
    const at = placeOf(mistake, shape);
    return at ? [{ at, message: mistake.message }] : [];
  });
}
