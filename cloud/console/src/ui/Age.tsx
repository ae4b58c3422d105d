import { useI18n } from '@/i18n';
import { useAtNow } from '@/lib/useNow';
import classes from './marks.module.css';

/** How long ago a moment was, ticking; the moment itself as title. */
export function Age({ at, until }: { at: string; until?: string | null }) {
  const { span, dateTime } = useI18n();
  const text = useAtNow((now) => span((until ? Date.parse(until) : now) - Date.parse(at)));
  return (
    <time className={classes.age} dateTime={at} title={dateTime(at)}>
      {text}
    </time>
  );
}
