/** What people call the fields of a form, by JSON pointers into what it sends (RFC 6901). */
export type Labels = Readonly<Record<string, string>>;

const step = (part: string) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** The field that a pointer means: its label, and below it the way to the part; people count from one. */
export function fieldName(pointer: string, labels: Labels): string {
  const parts = pointer.split('/').slice(1);
  for (let known = parts.length; known > 0; known--) {
    const label = labels[`/${parts.slice(0, known).join('/')}`];
    if (label) return [label, ...parts.slice(known).map(step)].join(' › ');
  }
  return parts.map(step).join(' › ');
}

export interface Difference {
  name: string;
  mine: unknown;
  theirs: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isNothing = (value: unknown) => value === null || value === undefined || (Array.isArray(value) && value.length === 0);
const isSame = (a: unknown, b: unknown) => (isNothing(a) && isNothing(b)) || JSON.stringify(a) === JSON.stringify(b);

/** The fields in which what was typed differs from what is stored now, by their labels. What the form does not send does not count. */
export function differences(mine: object, theirs: object, labels: Labels, below = ''): Difference[] {
  const stored = theirs as Record<string, unknown>;
  return Object.entries(mine).flatMap(([key, value]) => {
    const pointer = `${below}/${key}`;
    if (isSame(value, stored[key])) return [];
    if (isObject(value) && isObject(stored[key])) return differences({ ...emptied(stored[key]), ...value }, stored[key], labels, pointer);
    return [{ name: fieldName(pointer, labels), mine: value, theirs: stored[key] }];
  });
}

const emptied = (value: Record<string, unknown>) => Object.fromEntries(Object.keys(value).map((key) => [key, undefined]));
