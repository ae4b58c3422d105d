import type { DeviceModel } from '@/api/documents';
import type { TwinValue } from '@/api/types';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import classes from './devices.module.css';
import { showValue } from './metrics';

/** The newest value of each metric with its age. */
export function LiveValues({ values, model }: { values: Record<string, TwinValue>; model: DeviceModel | undefined }) {
  const i18n = useI18n();
  const entries = Object.entries(values);
  if (entries.length === 0) return <p className={classes.nothing}>{i18n.t('device.noValues')}</p>;
  return (
    <dl className={classes.values}>
      {entries.map(([metric, { value, at }]) => (
        <div key={metric} className={classes.value} data-testid="device-value" data-metric={metric}>
          <dt>{metric}</dt>
          <dd className={classes.reading}>
            <bdi>{showValue(value, model?.metrics[metric]?.unit, i18n)}</bdi>
          </dd>
          <dd>
            <Age at={at} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
