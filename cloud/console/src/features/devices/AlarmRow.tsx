import type { ReactNode } from 'react';
import type { Rule } from '@/api/documents';
import type { Alarm } from '@/api/types';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { useActorName } from '@/ui/useActorName';
import { SeverityMark } from '@/ui/SeverityMark';
import classes from './devices.module.css';

/** `rule` is what its model says of the alarm now. */
export function AlarmRow({ alarm, rule, action }: { alarm: Alarm; rule: Rule | undefined; action?: ReactNode }) {
  const { t, span, dateTime, number } = useI18n();
  const acknowledgedBy = useActorName(alarm.acknowledgedBy);
  const value = typeof alarm.value === 'number' ? number(alarm.value) : typeof alarm.value === 'string' ? alarm.value : null;
  const limit = alarm.threshold;
  return (
    <div className={classes.alarm} data-testid="alarm-row" data-state={alarm.clearedAt ? 'cleared' : 'active'}>
      <SeverityMark severity={alarm.severity} />
      <span className={classes.alarmName}>
        <span className="mono ltr">{alarm.type}</span>
        {value !== null && (
          <span className={`ltr ${classes.alarmValue}`}>
            {limit ? `${limit.metric} ${value} ${limit.operator} ${number(limit.bound)}` : value}
          </span>
        )}
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
