import { memo } from 'react';
import type { TimelineEntry } from '@/api/types';
import { useI18n } from '@/i18n';
import { ActorName } from '@/ui/Names';
import { EntryRefs } from './EntryRefs';
import { lookOf } from './kinds';
import classes from './timeline.module.css';

/** Entries recorded this much after they happened are marked as late. */
const lateMs = 60_000;

export const TimelineItem = memo(function TimelineItem({ entry, hereCaseId }: { entry: TimelineEntry; hereCaseId?: string }) {
  const { t, time, code, span, dateTime } = useI18n();
  const { icon: Icon, tone } = lookOf(entry.kind);
  const delay = Date.parse(entry.recordedAt) - Date.parse(entry.at);
  const spoken = entry.kind.startsWith('message.') || entry.kind === 'note.added';
  // The device that did it is named by the links below already.
  const actedItself = !!entry.refs?.deviceId && entry.actor === `device:${entry.refs.deviceId}`;
  const kindName = code('kind', entry.kind);
  return (
    <li className={classes.entry} data-testid="timeline-entry" data-kind={entry.kind} style={{ '--tone': `var(--${tone})` } as React.CSSProperties}>
      <time className={classes.time} dateTime={entry.at} title={dateTime(entry.at)}>
        {time(entry.at)}
      </time>
      <span className={classes.icon} aria-hidden>
        <Icon size={15} stroke={1.8} />
      </span>
      <div className={classes.content}>
        <div className={classes.line}>
          <span className={classes.kind}>{kindName}</span>
          {!spoken && entry.title && entry.title !== kindName && (
            <span className={classes.title}>
              <bdi>{entry.title}</bdi>
            </span>
          )}
          <span className={classes.meta}>
            {entry.channel && <span>{code('channel', entry.channel)}</span>}
            {entry.actor && !actedItself && <ActorName actor={entry.actor} />}
            {delay > lateMs && <span>{t('timeline.late', { span: span(delay) })}</span>}
          </span>
        </div>
        {entry.text && <EntryText text={entry.text} spokenTo={spoken ? entry.direction : null} />}
        <EntryRefs refs={entry.refs} hereCaseId={hereCaseId} />
      </div>
    </li>
  );
});

/** What someone wrote, in a bubble of its own direction; or a remark that stands with the rest of the entry. */
function EntryText({ text, spokenTo }: { text: string; spokenTo: TimelineEntry['direction'] | null }) {
  if (spokenTo === null)
    return (
      <p className={classes.text}>
        <bdi>{text}</bdi>
      </p>
    );
  return (
    <p className={classes.bubble} data-direction={spokenTo} dir="auto">
      {text}
    </p>
  );
}
