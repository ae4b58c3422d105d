import { Button } from '@mantine/core';
import { IconArrowUpRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { caseQuery } from '@/api/queries';
import type { Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { caseTitleOf } from '@/sentences/sentences';
import { CaseStatusBadge, PriorityMark } from '@/ui/Badges';
import { CustomerLink } from '@/ui/Names';
import { Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { useCaseActions } from '../cases/actions';
import { AssigneeSelect } from '../cases/AssigneeSelect';
import { CaseAlarms } from '../cases/CaseAlarms';
import { CaseTimeline } from '../cases/CaseTimeline';
import { NoteForm } from '../cases/NoteForm';
import { markSeen } from '../cases/seen';
import { SlaMark } from '../cases/SlaMark';
import { StaleNotice } from '../cases/StaleNotice';
import conversations from '../conversations/conversations.module.css';
import { MacroMenu } from '../conversations/MacroMenu';
import { CommandHistory } from '../devices/CommandHistory';
import { DeviceGlance } from '../devices/DeviceGlance';
import classes from './inbox.module.css';

/** A case beside the list: what it is about, its story, and the device as it is now. */
export function CasePane({ id, back }: { id: string; back: ReactNode }) {
  return (
    <QueryView query={useQuery(caseQuery(id))} loading={<Loading rows={8} />}>
      {({ value }) => <CaseView item={value} back={back} />}
    </QueryView>
  );
}

function CaseView({ item, back }: { item: Case; back: ReactNode }) {
  const i18n = useI18n();
  const { t } = i18n;
  const actions = useCaseActions(item.id);
  useEffect(() => markSeen(item), [item]);
  const open = (
    <Button
      renderRoot={(props) => <Link {...props} to="/cases/$id" params={{ id: item.id }} />}
      variant="default"
      size="compact-sm"
      rightSection={<IconArrowUpRight size={14} aria-hidden />}
      data-key="o"
      data-testid="case-open"
    >
      {t('desk.openCase')}
    </Button>
  );
  return (
    <>
      <div className={classes.main}>
        <Panel
          title={
            <>
              {back}
              <span className="mono ltr">#{item.number}</span> <bdi>{caseTitleOf(item, i18n)}</bdi>
            </>
          }
          actions={
            <>
              <MacroMenu of="cases" id={item.id} />
              {open}
            </>
          }
        >
          <div className={classes.facts}>
            <CaseStatusBadge status={item.status} />
            <PriorityMark priority={item.priority} label />
            <SlaMark item={item} long />
            {item.customerId && <CustomerLink id={item.customerId} />}
            <span>
              {t('case.queue')}: <bdi>{item.queue}</bdi>
            </span>
            <AssigneeSelect assignee={item.assignee} onChange={(assignee) => actions.change.mutate({ assignee })} />
          </div>
          <StaleNotice caseId={item.id} error={actions.change.error} />
        </Panel>
        {item.deviceId && <CaseAlarms item={item} deviceId={item.deviceId} />}
        <Panel title={t('case.note')}>
          <NoteForm key={item.id} about={item.id} note={actions.note} />
        </Panel>
        <CaseTimeline item={item} />
      </div>
      <aside className={conversations.side}>
        {item.deviceId && <DeviceGlance id={item.deviceId} />}
        {item.deviceId && <CommandHistory deviceId={item.deviceId} />}
      </aside>
    </>
  );
}
