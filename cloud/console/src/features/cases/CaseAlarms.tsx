import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { alarmsQuery } from '@/api/queries';
import type { Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { AlarmRow } from '../devices/AlarmRow';
import classes from '../devices/devices.module.css';
import { ruleOf } from '../devices/symptom';
import { useModelOf } from '../devices/useModelOf';
import { useAcknowledge } from './actions';

/** The alarms that this case answers, each with its acknowledgement. */
export function CaseAlarms({ item, deviceId }: { item: Case; deviceId: string }) {
  const { t } = useI18n();
  const query = useQuery(alarmsQuery({ deviceId }));
  const acknowledge = useAcknowledge();
  const model = useModelOf(deviceId);
  return (
    <Panel title={t('alarm.title')} flush>
      <QueryView query={query} loading={<Loading rows={2} />}>
        {(page) => {
          const alarms = page.items.filter((alarm) => alarm.caseId === item.id || item.alarmIds.includes(alarm.id));
          if (alarms.length === 0) return <p className={classes.nothing}>{t('alarm.none')}</p>;
          return alarms.map((alarm) => (
            <AlarmRow
              key={alarm.id}
              alarm={alarm}
              rule={ruleOf(alarm, model)}
              action={
                !alarm.acknowledgedAt && (
                  <Button
                    variant="default"
                    size="compact-sm"
                    loading={acknowledge.isPending && acknowledge.variables === alarm.id}
                    onClick={() => acknowledge.mutate(alarm.id)}
                    data-testid="acknowledge-button"
                  >
                    {t('alarm.acknowledge')}
                  </Button>
                )
              }
            />
          ));
        }}
      </QueryView>
    </Panel>
  );
}
