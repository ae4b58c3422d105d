import type { ReactNode } from 'react';
import type { DeviceModel } from '@/api/documents';
import type { Alarm } from '@/api/types';
import { useI18n, type I18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { useActorName } from '@/ui/useActorName';
import { SeverityMark } from '@/ui/SeverityMark';
import { unitOf } from '../telemetry/Chart';
import classes from './devices.module.css';
import { ruleOf } from './symptom';

/** An alarm, with what its model says of it now. */
export function AlarmRow({ alarm, model, action }: { alarm: Alarm; model: DeviceModel | undefined; action?: ReactNode }) {
  const i18n = useI18n();
  const { t, span, dateTime } = i18n;
  const acknowledgedBy = useActorName(alarm.acknowledgedBy);
  const rule = ruleOf(alarm, model);
  const why = whyOf(alarm, model, i18n);
  return (
    <div className={classes.alarm} data-testid="alarm-row" data-state={alarm.clearedAt ? 'cleared' : 'active'}>
      <SeverityMark severity={alarm.severity} />
      <span className={classes.alarmName}>
        <span className="mono ltr">{alarm.type}</span>
        {why && <bdi className={classes.alarmValue}>{why}</bdi>}
      </span>
      {rule && (
        <span className={classes.alarmRule} data-testid="alarm-rule">
          {t('alarm.rule')} <code className="mono ltr">{rule.when}</code>
          {rule.clear && (
            <>
              {' · '}
              {t('alarm.clearsWhen')} <code className="mono ltr">{rule.clear}</code>
            </>
          )}
        </span>
      )}
      <span className={classes.alarmMeta}>
        <time dateTime={alarm.raisedAt}>{dateTime(alarm.raisedAt)}</time>
        {alarm.clearedAt ? (
          <span>
            {t('alarm.cleared')} · {t('alarm.lasted', { span: span(Date.parse(alarm.clearedAt) - Date.parse(alarm.raisedAt)) })}
          </span>
        ) : (
          <span className={classes.active}>
            {t('alarm.active')} <Age at={alarm.raisedAt} />
          </span>
        )}
        {alarm.acknowledgedAt && <span>{t('alarm.acknowledgedBy', { name: acknowledgedBy ?? '' })}</span>}
      </span>
      {action && <span className={classes.alarmAction}>{action}</span>}
    </div>
  );
}

/** The sentence by which the timeline tells of an alarm; a value alone where it was raised by no plain comparison. */
function whyOf({ value, threshold }: Alarm, model: DeviceModel | undefined, { t, number }: I18n): string | null {
  if (value === null) return null;
  if (!threshold) return number(value);
  const { metric, operator, bound } = threshold;
  const unit = unitOf(model?.metrics[metric]?.unit);
  // A comparison reads from left to right in every language.
  const limit = { metric, value, operator: `\u2066${operator}`, bound: `${number(bound)}\u2069` };
  return unit ? t('sentence.alarm.beyondUnit', { ...limit, unit }) : t('sentence.alarm.beyond', limit);
}
