import { Button } from '@mantine/core';
import type { Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { MoreButton } from '@/ui/MoreButton';
import { Panel } from '@/ui/Panel';
import { Loading, Problem } from '@/ui/states';
import { useFew } from '@/ui/useFew';
import { AlarmRow } from '../devices/AlarmRow';
import classes from '../devices/devices.module.css';
import { useModelOf } from '../devices/useModelOf';
import { useAcknowledge } from './actions';
import { useCaseAlarms } from './useCaseAlarms';

/** The alarms that this case answers, each with its acknowledgement. */
export function CaseAlarms({ item, deviceId }: { item: Case; deviceId: string }) {
  const { t } = useI18n();
  const { alarms, pending, error, retry, hasMore, loadingMore, more } = useCaseAlarms(item);
  const few = useFew({ items: alarms, hasMore, more });
  const acknowledge = useAcknowledge();
  const model = useModelOf(deviceId);
  return (
    <Panel title={t('alarm.title')} flush>
      {error ? (
        <Problem error={error} onRetry={retry} />
      ) : pending ? (
        <Loading rows={2} />
      ) : (
        alarms.length === 0 && <p className={classes.nothing}>{t('alarm.none')}</p>
      )}
      {few.shown.map((alarm) => (
        <AlarmRow
          key={alarm.id}
          alarm={alarm}
          model={model}
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
      ))}
      {few.hasMore && <MoreButton loading={loadingMore} onMore={few.more} />}
    </Panel>
  );
}
