import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { path, send, type FieldMistake, type Versioned } from '@/api/client';
import { freeId } from '@/api/freeId';
import type { Fence } from '@/api/documents';
import { useSave } from '@/api/useSave';
import { useI18n, type I18n } from '@/i18n';
import { useDraft } from '@/lib/useDraft';
import { mistakeOf } from '@/sentences/sentences';
import type { Mistake } from './draftLayer';
import { emptyShape } from './FenceForm';
import { placeOf, shapeOf, toGeoJson, type Draft, type Shape } from './geometry';

const begun: Draft = { id: null, etag: null, name: '', siteId: null, newSite: null, shape: emptyShape('polygon') };

/** A fence as it is stored, to be changed; null for a shape that the map cannot change. */
function draftOf({ value, etag }: Versioned<Fence>): Draft | null {
  const shape = shapeOf(value);
  return shape && { id: value.id, etag, name: value.name, siteId: value.siteId, newSite: null, shape };
}

/** The fence being drawn or changed, and its way to the server. */
export function useFenceEditor(onSaved: (id: string | undefined) => void) {
  const client = useQueryClient();
  const i18n = useI18n();
  const { t } = i18n;
  const [kept, setDraft] = useDraft<Draft | null>('fence', null);
  // A draft that Escape put aside is there still; the button that draws goes on with it.
  const [isOpen, setOpen] = useState(kept !== null);
  const draft = isOpen ? kept : null;
  const end = (id: string | undefined) => {
    setDraft(null);
    onSaved(id);
    for (const key of ['fences', 'fence', 'fenceList', 'siteList', 'name']) void client.invalidateQueries({ queryKey: [key] });
  };

  const save = useSave<Fence>({
    etag: kept?.etag ?? null,
    save: (ifMatch) => storeFence(kept ?? begun, ifMatch),
    read: () => send<Fence>(path`/fences/${kept?.id ?? ''}`),
    onSaved: ({ id }) => {
      notifications.show({ color: 'teal', message: t('fence.saved'), closeButtonProps: { 'aria-label': t('action.close') } });
      end(id);
    },
  });
  const open = (next: Draft | null) => {
    save.restart(next?.etag ?? null);
    setDraft(next);
    setOpen(next !== null);
  };
  const edit = useMutation({
    mutationFn: (fence: Fence) => send<Fence>(path`/fences/${fence.id}`),
    onSuccess: (stored) => open(draftOf(stored)),
  });
  const remove = useMutation({
    mutationFn: ({ id, etag }: Draft) => send(path`/fences/${id ?? ''}`, { method: 'DELETE', ifMatch: etag }),
    onSuccess: () => end(undefined),
  });

  const setShape = useCallback((shape: Shape) => setDraft((known) => known && { ...known, shape }), [setDraft]);
  const mistakes = useMemo(() => mistakesOn(save.mistakes, draft?.shape, i18n), [save.mistakes, draft?.shape, i18n]);

  return {
    draft,
    save,
    error: edit.error ?? remove.error,
    mistakes,
    change: (next: Draft) => {
      save.reset();
      setDraft(next);
    },
    setShape,
    /** Whether a draft waits for somebody to go on with it. */
    isAside: kept !== null && !isOpen,
    begin: () => (kept ? setOpen(true) : open(begun)),
    putAside: () => setOpen(false),
    edit: (fence: Fence) => edit.mutate(fence),
    take: (theirs: Fence) => save.theirs && setDraft(draftOf({ ...save.theirs, value: theirs })),
    remove: () => draft?.id && remove.mutate(draft),
    cancel: () => open(null),
  };
}

async function storeFence(fence: Draft, ifMatch: string | null): Promise<Versioned<Fence>> {
  const id = fence.id ?? (await freeId('/fences', fence.name, 'fence'));
  const siteId = fence.newSite?.trim() ? await createSite(fence.newSite.trim()) : fence.siteId;
  return send<Fence>(path`/fences/${id}`, { method: 'PUT', body: toGeoJson({ ...fence, siteId }), ifMatch });
}

async function createSite(name: string): Promise<string> {
  const id = await freeId('/sites', name, 'site');
  await send(path`/sites/${id}`, { method: 'PUT', body: { name } });
  return id;
}

function mistakesOn(refused: FieldMistake[], shape: Shape | undefined, i18n: I18n): Mistake[] {
  if (!shape) return [];
  return refused.flatMap((mistake) => {
    const at = placeOf(mistake, shape);
    return at ? [{ at, message: mistakeOf(mistake, i18n) }] : [];
  });
}
