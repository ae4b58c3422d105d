import { useState } from 'react';
import { upload } from '@/api/upload';
import type { Attachment } from '@/api/types';
import type { DraftFile } from './draft';

/** The API's bound on one message. */
const mostFiles = 10;

export interface Arriving {
  name: string;
  /** How much has gone, 0 to 1. */
  part: number;
}

/** Stores files for a message that is being written, one after the other. */
export function useAttaching(files: readonly DraftFile[], onStored: (file: DraftFile) => void) {
  const [arriving, setArriving] = useState<Arriving | null>(null);
  const [error, setError] = useState<unknown>(null);
  const attach = async (chosen: readonly File[]) => {
    setError(null);
    try {
      for (const file of chosen.slice(0, mostFiles - files.length)) onStored(await store(file, setArriving));
    } catch (refused) {
      setError(refused);
    } finally {
      setArriving(null);
    }
  };
  return { attach: (chosen: readonly File[]) => void attach(chosen), arriving, error };
}

async function store(file: File, tell: (arriving: Arriving) => void): Promise<DraftFile> {
  const form = new FormData();
  form.append('file', file, file.name);
  tell({ name: file.name, part: 0 });
  const { id, name } = await upload<Attachment>('/attachments', {}, form, (part) => tell({ name: file.name, part }));
  return { id, name };
}
