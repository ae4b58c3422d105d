import { describe, expect, it } from 'vitest';
import type { OfferedWork } from '@/api/types';
import { goneOf } from './offered';

const work = (id: string) => ({ kind: 'case', id }) as OfferedWork;

describe('goneOf', () => {
  it('tells what went away without a word of one’s own', () => {
    expect(goneOf([work('a'), work('b'), work('c')], [work('c')], new Set(['b']))).toEqual([work('a')]);
  });
});
