import { ApiError } from '@/api/client';
import type { I18n } from '@/i18n';
import { mistakeOf } from '@/sentences/sentences';

/** What was refused of a field; null when it was not that. `words` say it in place of the server's. */
export function fieldError(error: unknown, pointer: string, i18n: I18n, words?: string): string | null {
  const mistake = error instanceof ApiError ? error.mistakes.find((one) => one.pointer === pointer) : undefined;
  return mistake ? (words ?? mistakeOf(mistake, i18n)) : null;
}
