import { useI18n } from '@/i18n';
import type { Hours } from './documents';
import classes from './settings.module.css';
import { days, stretchesOf } from './week';

const percent = (part: number) => `${part * 100}%`;

/** The week at a glance: a line for each day, midnight to midnight, with its working hours. */
export function WeekGrid({ hours }: { hours: readonly Hours[] }) {
  const { t } = useI18n();
  return (
    <ul className={classes.week} aria-label={t('setting.week')} data-testid="week">
      {days.map((day) => {
        const stretches = stretchesOf(hours, day);
        return (
          <li key={day}>
            <span>{t(`weekday.${day}`)}</span>
            <span className={classes.line} aria-hidden>
              {stretches.map(({ from, to }) => (
                <i key={from} style={{ insetInlineStart: percent(from), width: percent(to - from) }} />
              ))}
            </span>
            <span className="ltr">
              {hours
                .filter((entry) => !entry.days?.length || entry.days.includes(day))
                .map(({ from, to }) => `${from}–${to}`)
                .join(', ') || '–'}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
