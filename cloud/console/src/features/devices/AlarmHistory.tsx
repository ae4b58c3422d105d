import { Button } from '@mantine/core';
import { alarmListQuery, useList } from '@/api/lists';
import { useI18n } from '@/i18n';
import { MoreButton } from '@/ui/MoreButton';
import { Panel } from '@/ui/Panel';
import { Loading, Problem } from '@/ui/states';
import { useFew } from '@/ui/useFew';
import { useAcknowledge } from '../cases/actions';
import { AlarmRow } from './AlarmRow';
import classes from './devices.module.css';
import { useModelOf } from './useModelOf';

/** Alarms of a device: active ones first, then the newest. */
export function AlarmHistory({ deviceId }: { deviceId: string }) {
  const { t } = useI18n();
  const active = useList(alarmListQuery({ deviceId, state: 'active' }));
  const cleared = useList(alarmListQuery({ deviceId, state: 'cleared' }));
  const acknowledge = useAcknowledge();
  const model = useModelOf(deviceId);
  const few = useFew({ ...cleared, items: [...active.items, ...cleared.items] });
  const error = active.error ?? cleared.error;
  return (
    <Panel title={t('alarm.history')} flush>
      {error ? (
        <Problem error={error} onRetry={active.error ? active.retry : cleared.retry} />
      ) : active.pending || cleared.pending ? (
        <Loading rows={3} />
      ) : (
        few.shown.length === 0 && <p className={classes.nothing}>{t('alarm.none')}</p>
      )}
      {few.shown.map((alarm) => (
        <AlarmRow
          key={alarm.id}
          alarm={alarm}
          model={model}
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
      {few.hasMore && <MoreButton loading={cleared.loadingMore} onMore={few.more} />}
    </Panel>
  );
}
