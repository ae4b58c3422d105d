import { useMemo } from 'react';
import type { TimelineEntry } from '@/api/types';
import { useI18n } from '@/i18n';
import { dayKey, groupByDay } from '@/lib/time';
import type { Here } from './EntryRefs';
import { TimelineItem } from './TimelineItem';
import classes from './timeline.module.css';

/** Entries under the day they happened on, in the order given. */
export function TimelineList({ entries, here }: { entries: TimelineEntry[]; here?: Here }) {
  const groups = useMemo(() => groupByDay(entries), [entries]);
  return (
    <div className={classes.timeline}>
      {groups.map(({ day, items }) => (
        <section key={day}>
          <DayHead at={items[0]!.at} day={day} />
          <ol className={classes.list}>
            {items.map((entry, i) => (
              <TimelineItem key={entry.id} entry={entry} here={here} above={items[i - 1]?.refs} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function DayHead({ at, day }: { at: string; day: string }) {
  const { t, date } = useI18n();
  const now = Date.now();
  const name = day === dayKey(now) ? t('timeline.today') : day === dayKey(now - 86_400_000) ? t('timeline.yesterday') : date(at);
  return <h3 className={classes.day}>{name}</h3>;
}
