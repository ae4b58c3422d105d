/** The page's filters as they stand in the URL; what is missing does not filter. Times are as the fields have them, without a zone. */
export interface AuditSearch {
  actor?: string;
  subject?: string;
  action?: string;
  from?: string;
  to?: string;
}

export function readAuditSearch(raw: Record<string, unknown>): AuditSearch {
  const text = (key: string) => (typeof raw[key] === 'string' && raw[key] ? (raw[key] as string) : undefined);
  return { actor: text('actor'), subject: text('subject'), action: text('action'), from: time(text('from')), to: time(text('to')) };
}

/** What was typed into the address and is no time says nothing. */
const time = (local: string | undefined) => (local && !Number.isNaN(Date.parse(local)) ? local : undefined);

/** The filter that the API understands. */
export const filterOf = ({ from, to, ...others }: AuditSearch) => ({
  ...others,
  from: from && new Date(from).toISOString(),
  to: to && new Date(to).toISOString(),
});
