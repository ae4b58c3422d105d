import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Imported } from '@/api/types';
import { upload } from '@/api/upload';
import { isJsonLines, type ImportKind } from './outcome';

interface Wanted {
  kind: ImportKind;
  file: File | null;
  /** Whether lines that are right are stored though others are not. */
  partial: boolean;
  onStored: (imported: Imported) => void;
}

/** Tries a file, then stores it; `sent` tells how much of it has gone, 0 to 1. `begin` forgets what was found. */
export function useImport({ kind, file, partial, onStored }: Wanted) {
  const client = useQueryClient();
  const [sent, setSent] = useState(0);
  const run = (dryRun: boolean) => {
    if (!file) throw new Error('No file is chosen.');
    setSent(0);
    const type = isJsonLines(file.name) ? 'application/x-ndjson' : 'text/csv';
    const query = { kind, dryRun: String(dryRun), partial: String(partial) };
    return upload<Imported>('/imports', query, file.slice(0, file.size, type), setSent);
  };
  const store = useMutation({
    mutationFn: () => run(false),
    onSuccess: (imported) => {
      onStored(imported);
      void client.invalidateQueries();
    },
  });
  const trial = useMutation({ mutationFn: () => run(true), onMutate: store.reset });
  const begin = () => {
    trial.reset();
    store.reset();
  };
  return { trial, store, sent, begin };
}
