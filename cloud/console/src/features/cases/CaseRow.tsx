import { ActionIcon } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { caseTitleOf } from '@/sentences/sentences';
import { Age } from '@/ui/Age';
import { CaseStatusBadge, PriorityMark } from '@/ui/Badges';
import { CustomerName, DeviceName } from '@/ui/Names';
import { useChangeCase } from './actions';
import classes from './cases.module.css';
import { SlaMark } from './SlaMark';
import { useAgents } from './useAgents';

/** A row is drawn again when its case changes, not when the list grows. */
export const CaseRow = memo(function CaseRow({ item, isNew }: { item: Case; isNew: boolean }) {
  const i18n = useI18n();
  const title = caseTitleOf(item, i18n);
  return (
    <li className={classes.row} data-testid="case-row" data-case-id={item.id} data-new={isNew || undefined}>
      <Link to="/cases/$id" params={{ id: item.id }} className={classes.link} data-row-link>
        <span className={classes.fresh}>{isNew && <span className="visually-hidden">{i18n.t('inbox.new')}</span>}</span>
        <PriorityMark priority={item.priority} />
        <span className={`mono ltr ${classes.number}`}>#{item.number}</span>
        <span className={`own-direction ${classes.title}`} dir="auto" title={title}>
          {title}
        </span>
        <span className={`own-direction ${classes.who}`} dir="auto">
          {item.customerId && <CustomerName id={item.customerId} />}
          {item.customerId && item.deviceId && ' · '}
          {item.deviceId && <DeviceName id={item.deviceId} />}
        </span>
        <span className={classes.status}>
          <CaseStatusBadge status={item.status} />
        </span>
        <span className={classes.queue}>{item.queue}</span>
        <span className={classes.sla}>
          <SlaMark item={item} />
        </span>
        <span className={classes.age}>
          <Age at={item.firstSymptomAt ?? item.openedAt} until={item.resolvedAt} />
        </span>
      </Link>
      <span className={classes.assignee}>{item.assignee ? <AgentName id={item.assignee} /> : <TakeButton item={item} />}</span>
    </li>
  );
});

function AgentName({ id }: { id: string }) {
  const { nameOf } = useAgents();
  return <bdi>{nameOf(id)}</bdi>;
}

function TakeButton({ item }: { item: Case }) {
  const { t } = useI18n();
  const { me } = useAgents();
  const change = useChangeCase(item.id);
  return (
    <ActionIcon
      data-assign-me
      title={t('case.assignToMe')}
      aria-label={`${t('case.assignToMe')} #${item.number}`}
      loading={change.isPending}
      onClick={() => change.mutate({ assignee: me })}
    >
      <IconUserPlus size={16} stroke={1.7} />
    </ActionIcon>
  );
}
