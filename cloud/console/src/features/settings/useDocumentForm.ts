import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send, type Versioned } from '@/api/client';
import { freeId } from '@/api/freeId';
import { useSave } from '@/api/useSave';

/** Kinds of documents, as their addresses are called. */
export type DocumentKind = 'channels' | 'queues' | 'calendars' | 'slas' | 'replies' | 'macros' | 'triggers' | 'bots' | 'surveys' | 'themes' | 'webhooks' | 'integrations';

/** Some kinds of documents have a name, others a title. */
export interface Named {
  id: string;
  name?: string;
  title?: string;
}

export const nameOf = ({ id, name, title }: Named) => name || title || id;

export interface FormProps<T> {
  /** Null: a new one. */
  stored: Versioned<T> | null;
  onClose: () => void;
}

/**
 * A document as a form: what was typed, and how it is saved. A new one's id is made of its name or title. `toSend` makes what is sent of
 * what was typed, where the two are not the same.
 */
export function useDocumentForm<T extends Named>(
  kind: DocumentKind,
  blank: T,
  { stored, onClose }: FormProps<T>,
  toSend: (draft: T) => T = (draft) => draft,
) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<T>(stored?.value ?? blank);
  const save = useSave<T>({
    etag: stored?.etag ?? null,
    save: async (ifMatch) => {
      const id = stored?.value.id ?? (await freeId(`/${kind}`, draft.name ?? draft.title ?? '', kind.replace(/s$/, '')));
      return send<T>(`/${kind}` + path`/${id}`, { method: 'PUT', body: { ...toSend(draft), id }, ifMatch });
    },
    read: () => send<T>(`/${kind}` + path`/${stored?.value.id ?? ''}`),
    onSaved: () => {
      for (const key of [`${kind}List`, kind]) void client.invalidateQueries({ queryKey: [key] });
      onClose();
    },
  });
  const change = (part: Partial<T>) => setDraft((before) => ({ ...before, ...part }));
  return { stored, onClose, draft, mine: toSend(draft), change, save, take: (theirs: T) => setDraft(theirs) };
}
