import { memo } from 'react';
import type { TimelineEntry } from '@/api/types';
import { useI18n } from '@/i18n';
import { textOf, titleOf } from '@/sentences/sentences';
import { ActorName } from '@/ui/Names';
import { EntryRefs, type Here } from './EntryRefs';
import { lookOf } from './kinds';
import classes from './timeline.module.css';

/** Entries recorded this much after they happened are marked as late. */
const lateMs = 60_000;

export const TimelineItem = memo(function TimelineItem({
  entry,
  here,
  above,
}: {
  entry: TimelineEntry;
  here?: Here;
  above?: TimelineEntry['refs'];
}) {
  const i18n = useI18n();
  const { t, time, code, span, dateTime } = i18n;
  const { icon: Icon, tone } = lookOf(entry.kind);
  const delay = Date.parse(entry.recordedAt) - Date.parse(entry.at);
  const spoken = entry.kind.startsWith('message.') || entry.kind === 'note.added';
  // The device that did it is named by the links below already.
  const actedItself = !!entry.refs?.deviceId && entry.actor === `device:${entry.refs.deviceId}`;
  const kindName = code('kind', entry.kind);
  const title = titleOf(entry, i18n);
  const text = textOf(entry, i18n);
  return (
    <li
      className={classes.entry}
      data-testid="timeline-entry"
      data-kind={entry.kind}
      style={{ '--tone': `var(--${tone})` } as React.CSSProperties}
    >
      <time className={classes.time} dateTime={entry.at} title={dateTime(entry.at)}>
        {time(entry.at)}
      </time>
      <span className={classes.icon} aria-hidden>
        <Icon size={15} stroke={1.8} />
      </span>
      <div className={classes.content}>
        <div className={classes.line}>
          <span className={classes.kind}>{kindName}</span>
          {!spoken && title && title !== kindName && (
            <span className={classes.title}>
              <bdi>{title}</bdi>
            </span>
          )}
          <span className={classes.meta}>
            {entry.channel && <span>{code('channel', entry.channel)}</span>}
            {entry.actor && !actedItself && <ActorName actor={entry.actor} />}
            {delay > lateMs && <span>{t('timeline.late', { span: span(delay) })}</span>}
          </span>
        </div>
        {text && <EntryText text={spoken ? text : code('severity', text)} spokenTo={spoken ? entry.direction : null} />}
        <EntryRefs refs={entry.refs} here={here} above={above} />
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
