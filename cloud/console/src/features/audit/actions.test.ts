import { expect, it } from 'vitest';
import { en } from '@/i18n/en';
import { actions } from './actions';

it.each(actions)('%s is said in words', (action) => {
  const [thing, deed] = action.split('.');
  expect(en).toHaveProperty([`auditThing.${thing}`]);
  expect(en).toHaveProperty([`auditDeed.${deed}`]);
});
