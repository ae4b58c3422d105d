import { useI18n } from '@/i18n';
import { useNow } from '@/lib/useNow';
import classes from './marks.module.css';

/** How long ago a moment was, ticking; the moment itself as title. */
export function Age({ at, until }: { at: string; until?: string | null }) {
  const { span, dateTime } = useI18n();
  const now = useNow();
  const end = until ? Date.parse(until) : now;
  return (
    <time className={classes.age} dateTime={at} title={dateTime(at)}>
      {span(end - Date.parse(at))}
    </time>
  );
}
