import type { SearchHit, SearchKind, SearchSnippet } from '@/api/types';

/** Hits of one kind. */
export interface Group {
  kind: SearchKind;
  hits: SearchHit[];
}

/** A part of a snippet, which was found or stands around what was. */
export interface Piece {
  text: string;
  found: boolean;
}

/** In the order in which the kinds came. */
export function groupsOf(items: readonly SearchHit[]): Group[] {
  const groups = new Map<SearchKind, SearchHit[]>();
  for (const hit of items) groups.set(hit.kind, [...(groups.get(hit.kind) ?? []), hit]);
  return [...groups].map(([kind, hits]) => ({ kind, hits }));
}

export function piecesOf({ text, ranges }: SearchSnippet): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { start = 0, length = 0 } of ranges) {
    pieces.push({ text: text.slice(from, start), found: false }, { text: text.slice(start, start + length), found: true });
    from = start + length;
  }
  return [...pieces, { text: text.slice(from), found: false }].filter((piece) => piece.text !== '');
}

const pageOf = (pages: string, id: string) => `/${pages}/${encodeURIComponent(id)}`;

/** The page that shows a hit; null: none does. */
export function addressOf({ kind, id, conversationId, caseId, customerId, deviceId }: SearchHit): string | null {
  if (kind === 'customers') return pageOf('customers', id);
  if (kind === 'articles') return pageOf('articles', id);
  if (kind === 'devices') return pageOf('devices', id);
  if (conversationId) return `/conversations?${new URLSearchParams({ id: conversationId })}`;
  if (caseId) return pageOf('cases', caseId);
  if (customerId) return pageOf('customers', customerId);
  return deviceId ? pageOf('devices', deviceId) : null;
}

/** The next or the one before, around the ends. */
export const moved = (at: number, by: number, count: number) => (count === 0 ? 0 : (at + by + count) % count);
