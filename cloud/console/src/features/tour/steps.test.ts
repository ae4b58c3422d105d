import { expect, it } from 'vitest';
import { stepsOf, tours } from './steps';

it.each(Object.keys(tours))('%s is shown some pages, each step another thing', (role) => {
  const ids = stepsOf(role, () => true).map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(3);
  expect(new Set(ids).size).toBe(ids.length);
});

it('A role that somebody made is shown the first of its pages', () => {
  expect(stepsOf('figures', (page) => page === '/board' || page === '/voice').map(({ id }) => id)).toEqual(['board', 'voice']);
  expect(stepsOf('all', () => true).length).toBe(6);
});

it('Nobody is shown a page that is not for them', () => {
  expect(stepsOf('admin', (page) => page !== '/people').map(({ page }) => page)).not.toContain('/people');
});
