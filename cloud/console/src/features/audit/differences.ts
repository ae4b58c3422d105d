/** One member that is another than before; null: it was not, or is no more. */
export interface Difference {
  /** Where it stands: names with dots between them. */
  place: string;
  before: string | null;
  after: string | null;
}

type Leaves = Map<string, string>;

/** What stands in place of a secret. */
const isSecret = (value: object) => 'set' in value && value.set === true;

function gather(value: unknown, place: string, leaves: Leaves): Leaves {
  if (value === null || value === undefined) return leaves;
  if (typeof value !== 'object') return leaves.set(place, String(value));
  if (isSecret(value)) return leaves.set(place, 'changed' in value ? '••••••' : '•••');
  for (const [name, member] of Object.entries(value)) gather(member, place ? `${place}.${name}` : name, leaves);
  return leaves;
}

/** What a change changed, in the order of what is there now, what is gone last. */
export function differencesOf(before: unknown, after: unknown): Difference[] {
  const was = gather(before, '', new Map());
  const is = gather(after, '', new Map());
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((place) => ({ place, before: was.get(place) ?? null, after: is.get(place) ?? null }))
    .filter(({ before: old, after: now }) => old !== now);
}
