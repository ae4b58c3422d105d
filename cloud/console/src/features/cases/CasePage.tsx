import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { caseQuery } from '@/api/queries';
import type { Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { CommandHistory } from '../devices/CommandHistory';
import { DeviceGlance } from '../devices/DeviceGlance';
import { useCaseActions } from './actions';
import { CaseAlarms } from './CaseAlarms';
import { CaseChart } from './CaseChart';
import { CaseHead } from './CaseHead';
import { CaseTimeline } from './CaseTimeline';
import classes from './casePage.module.css';
import { NoteForm } from './NoteForm';
import { markSeen } from './seen';
import { StaleNotice } from './StaleNotice';

export function CasePage() {
  const { id } = useParams({ from: '/shell/cases/$id' });
  const query = useQuery(caseQuery(id));
  return (
    <div className="page">
      <QueryView query={query} loading={<Loading rows={12} height={40} />}>
        {({ value }) => <CaseView key={value.id} item={value} />}
      </QueryView>
    </div>
  );
}

function CaseView({ item }: { item: Case }) {
  const { t } = useI18n();
  const actions = useCaseActions(item.id);
  useEffect(() => markSeen(item), [item]);
  return (
    <>
      <CaseHead item={item} actions={actions} />
      <StaleNotice caseId={item.id} error={actions.change.error ?? actions.resolve.error} />
      <div className={classes.columns}>
        <div className={classes.main}>
          {item.deviceId && <CaseAlarms item={item} deviceId={item.deviceId} />}
          {item.deviceId && <CaseChart item={item} deviceId={item.deviceId} />}
          <Panel title={t('case.note')}>
            <NoteForm key={item.id} about={item.id} note={actions.note} />
          </Panel>
          <CaseTimeline item={item} />
        </div>
        <aside className={classes.side}>
          {item.deviceId && <DeviceGlance id={item.deviceId} />}
          {item.deviceId && <CommandHistory deviceId={item.deviceId} />}
        </aside>
      </div>
    </>
  );
}
