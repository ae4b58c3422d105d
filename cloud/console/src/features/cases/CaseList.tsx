import { Kbd } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { useListKeys } from '@/ui/useListKeys';
import { CaseRow } from './CaseRow';
import classes from './cases.module.css';
import { useIsNew } from './seen';

/** Rows of cases, `end` below them; j and k move, Enter opens, a assigns to me. */
export function CaseList({ items, end }: { items: Case[]; end: ReactNode }) {
  const { t } = useI18n();
  const isNew = useIsNew();
  const list = useListKeys();
  return (
    <>
      <ul className={classes.list} ref={list} aria-label={t('inbox.title')}>
        {items.map((item) => (
          <CaseRow key={item.id} item={item} isNew={isNew(item)} />
        ))}
      </ul>
      {end}
      <p className={classes.keys} aria-hidden>
        <Kbd size="xs">j</Kbd> <Kbd size="xs">k</Kbd> {t('keys.move')} · <Kbd size="xs">↵</Kbd> {t('keys.open')} · <Kbd size="xs">a</Kbd>{' '}
        {t('case.assignToMe')}
      </p>
    </>
  );
}
