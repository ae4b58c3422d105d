import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { helpOf } from './pages';

const routes = readFileSync(new URL('../../app/router.tsx', import.meta.url), 'utf8');
const addresses = [...routes.matchAll(/path: '(\/[^']*)'/g)].map(([, address]) => address!).filter((one) => !['/', '/signin'].includes(one));

describe('helpOf', () => {
  it.each(addresses)('says what can be done at %s', (address) => {
    expect(helpOf(address)).not.toBeNull();
  });

  it('says nothing of what is no page', () => {
    expect(helpOf('/nowhere')).toBeNull();
  });
});
