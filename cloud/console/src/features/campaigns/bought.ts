import type { Campaign } from '@/api/documents';

export type Audience = NonNullable<Campaign['audience']>;
export type Bought = NonNullable<Audience['bought']>;

/** An audience with another purchase asked for; with none, once nothing is said of it. */
export function withBought(audience: Audience, part: Partial<Bought>): Audience {
  const { bought, ...rest } = audience;
  const asked = { sku: '', ...bought, ...part };
  return asked.sku || asked.siteId || asked.since ? { ...rest, bought: asked } : rest;
}
