export type PatchReading = { ok: true; patch: Record<string, unknown> } | { ok: false; message: string };

/** Reads what was typed as a merge patch: a JSON object, nothing else. */
export function readPatch(text: string): PatchReading {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { ok: false, message: '{ … }' };
    return { ok: true, patch: value as Record<string, unknown> };
  } catch (error) {
    return { ok: false, message: (error as Error).message };
  }
}
