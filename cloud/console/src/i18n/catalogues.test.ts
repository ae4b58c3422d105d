import { describe, expect, it } from 'vitest';
import { ar } from './ar';
import { az } from './az';
import { en } from './en';
import { fa } from './fa';
import { fill } from './fill';
import { hy } from './hy';

const places = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

describe.each(Object.entries({ az, ar, hy, fa }))('Catalogue %s', (_, catalogue) => {
  it('has exactly the keys of the English one', () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(en).sort());
  });

  it('has a text for each key', () => {
    expect(Object.entries(catalogue).filter(([, text]) => !text.trim())).toEqual([]);
  });

  it('has the same places for values in each text', () => {
    const different = Object.entries(en).filter(([key, text]) => places(text).join() !== places(catalogue[key as keyof typeof en]).join());
    expect(different).toEqual([]);
  });
});

describe('fill', () => {
  it('puts values into their places', () => {
    expect(fill('{shown} of {all}', { shown: 3, all: '10' })).toBe('3 of 10');
  });

  it('leaves a place without a value visible', () => {
    expect(fill('{a} {b}', { a: 1 })).toBe('1 {b}');
  });
});
