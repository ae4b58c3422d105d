/** A file that is stored already and goes with the words. */
export interface DraftFile {
  id: string;
  name: string;
}

/** What is being written, and whether for colleagues only: kept together, so that no note goes out as an answer. */
export interface Draft {
  text: string;
  isNote: boolean;
  files?: DraftFile[];
}

export const nothing: Draft = { text: '', isNote: false };

/** Whether there is something to say. */
export const isReady = ({ text, files }: Draft) => text.trim() !== '' || (files?.length ?? 0) > 0;

/** As the API takes it; files without words are called by their names. */
export const messageOf = ({ text, isNote, files = [] }: Draft) => ({
  text: text.trim() || files.map((file) => file.name).join(', '),
  internal: isNote,
  ...(files.length > 0 && { attachmentIds: files.map((file) => file.id) }),
});

/** What did not get out, with what was written since behind it. */
export const joined = (lost: Draft, newer: Draft): Draft =>
  isReady(newer) ? { ...newer, text: `${lost.text}\n${newer.text}`, files: [...(lost.files ?? []), ...(newer.files ?? [])] } : lost;
