/** What an id made of a name begins with: its ASCII letters and digits. */
export const stemOf = (name: string, unnamed: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60) || unnamed;

/** An id made of a name, not among `taken`. */
export function idFor(name: string, taken: Iterable<string>, unnamed: string): string {
  const stem = stemOf(name, unnamed);
  const used = new Set(taken);
  if (!used.has(stem)) return stem;
  let n = 2;
  while (used.has(`${stem}-${n}`)) n++;
  return `${stem}-${n}`;
}
