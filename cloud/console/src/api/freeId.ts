import { idFor, stemOf } from '@/lib/ids';
import { readAll } from './lists';

/** Ids that look alike; who has more of them has no use for names. */
const mostAlike = 5_000;

/** An id made of a name that nothing in a list has yet. `reserved` words stand for something else in addresses. */
export async function freeId(address: string, name: string, unnamed: string, reserved: string[] = []): Promise<string> {
  const alike = await readAll<{ id: string }>(address, { q: stemOf(name, unnamed) }, mostAlike);
  return idFor(name, [...reserved, ...alike.items.map((item) => item.id)], unnamed);
}
