import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { alarmsQuery } from '@/api/queries';
import type { Alarm } from '@/api/types';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { useAcknowledge } from '../cases/actions';
import { AlarmRow } from './AlarmRow';
import classes from './devices.module.css';
import { ruleOf } from './symptom';
import { useModelOf } from './useModelOf';

const step = 8;

/** Alarms of a device: active ones first, then the newest. */
export function AlarmHistory({ deviceId }: { deviceId: string }) {
  const { t } = useI18n();
  const query = useQuery(alarmsQuery({ deviceId }));
  const acknowledge = useAcknowledge();
  const model = useModelOf(deviceId);
  const [limit, setLimit] = useState(step);
  return (
    <Panel title={t('alarm.history')} flush>
      <QueryView query={query} loading={<Loading rows={3} />}>
        {(page) => {
          const alarms = page.items.toSorted(byUrgency);
          if (alarms.length === 0) return <p className={classes.nothing}>{t('alarm.none')}</p>;
          return (
            <>
              {alarms.slice(0, limit).map((alarm) => (
                <AlarmRow
                  key={alarm.id}
                  alarm={alarm}
                  rule={ruleOf(alarm, model)}
                  action={
                    !alarm.acknowledgedAt &&
                    !alarm.clearedAt && (
                      <Button variant="default" size="compact-sm" onClick={() => acknowledge.mutate(alarm.id)}>
                        {t('alarm.acknowledge')}
                      </Button>
                    )
                  }
                />
              ))}
              {alarms.length > limit && (
                <Button variant="subtle" fullWidth onClick={() => setLimit(limit + step)}>
                  {t('action.more')}
                </Button>
              )}
            </>
          );
        }}
      </QueryView>
    </Panel>
  );
}

const byUrgency = (a: Alarm, b: Alarm) =>
  Number(a.clearedAt !== null) - Number(b.clearedAt !== null) || Date.parse(b.raisedAt) - Date.parse(a.raisedAt);
