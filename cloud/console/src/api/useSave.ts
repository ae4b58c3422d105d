import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { mistakeOf } from '@/sentences/sentences';
import { ApiError, type FieldMistake, type Versioned } from './client';

interface Saving<T, R> {
  /** The version that the form began with; null for what is new. */
  etag: string | null;
  /** Sends what was typed, provided that the document still has that version. */
  save: (etag: string | null) => Promise<Versioned<R>>;
  /** Reads what is stored now. */
  read: () => Promise<Versioned<T>>;
  /** Whether what is stored now says the same as what the form began with, whatever else was changed: then nobody was faster. */
  isSame?: (theirs: T) => boolean;
  onSaved: (result: R) => void;
}

const isStale = (error: unknown) => error instanceof ApiError && error.status === 412;

/**
 * Saves a document under the version that its form began with, so that nobody's change is overwritten unseen. After a refusal as stale
 * (412) `theirs` is what is stored now, and stays beside what was typed until one of the two is chosen.
 */
export function useSave<T, R = T>({ etag, save, read, isSame, onSaved }: Saving<T, R>) {
  const i18n = useI18n();
  const [version, setVersion] = useState(etag);
  const [theirs, setTheirs] = useState<Versioned<T> | null>(null);
  const attempt = async (expected: string | null): Promise<Versioned<R>> => {
    try {
      return await save(expected);
    } catch (error) {
      if (!isStale(error)) throw error;
      const stored = await read();
      if (isSame?.(stored.value)) return attempt(stored.etag);
      setTheirs(stored);
      throw error;
    }
  };
  const order = useMutation({
    mutationFn: attempt,
    onSuccess: (stored) => {
      setVersion(stored.etag);
      setTheirs(null);
      onSaved(stored.value);
    },
  });
  const restart = (version: string | null) => {
    setVersion(version);
    setTheirs(null);
    order.reset();
  };
  const mistakes: FieldMistake[] = order.error instanceof ApiError ? order.error.mistakes : [];
  return {
    submit: () => order.mutate(version),
    saving: order.isPending,
    /** To be told of what is typed after it was saved. */
    edited: () => order.isSuccess && order.reset(),
    /** Whether the last thing that happened is that it was saved. */
    saved: order.isSuccess,
    /** What went wrong, unless it is told by `theirs`. */
    error: theirs && isStale(order.error) ? null : order.error,
    mistakes,
    /** What was refused of a field, or of a part of it. */
    mistake: (pointer: string) => {
      const found = mistakes.find((one) => one.pointer === pointer || one.pointer?.startsWith(`${pointer}/`));
      return found && mistakeOf(found, i18n);
    },
    reset: order.reset,
    theirs,
    keepMine: () => theirs && order.mutate(theirs.etag),
    /** Begins anew with a document of this version. */
    restart,
  };
}

export type Save<T, R = T> = ReturnType<typeof useSave<T, R>>;
