import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { ConversationMessage } from '@/api/types';
import { useI18n } from '@/i18n';
import { groupByDay } from '@/lib/time';
import { errorOf } from '@/sentences/sentences';
import { ActorName } from '@/ui/Names';
import classes from './conversations.module.css';

/** So many more at a time: a talk of years is not drawn at once. */
const step = 40;

/** The words of a conversation under their days, the newest in view. */
export function Messages({ messages }: { messages: ConversationMessage[] }) {
  const { t, date } = useI18n();
  const [shown, setShown] = useState(step);
  const list = useRef<HTMLDivElement>(null);
  const newest = messages.at(-1)?.id;
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [newest]);
  return (
    <div className={classes.messages} ref={list} role="log" aria-label={t('conversation.messages')} tabIndex={0}>
      {messages.length > shown && (
        <Button variant="subtle" fullWidth onClick={() => setShown(shown + step)}>
          {t('conversation.earlier')}
        </Button>
      )}
      {groupByDay(messages.slice(-shown)).map(({ day, items }) => (
        <section key={day}>
          <h3 className={classes.day}>{date(items[0]!.at)}</h3>
          {items.map((message) => (
            <Bubble key={message.id} message={message} />
          ))}
        </section>
      ))}
    </div>
  );
}

function Bubble({ message }: { message: ConversationMessage }) {
  const i18n = useI18n();
  const { t, time, code } = i18n;
  const isNote = message.direction === 'internal';
  return (
    <div className={classes.message} data-direction={message.direction} data-testid="message">
      {isNote && (
        <span className={classes.noteMark}>
          <IconLock size={13} aria-hidden /> {t('conversation.note')}
        </span>
      )}
      <p dir="auto">{message.text}</p>
      {message.attachments?.map(({ id, name }) => (
        <a key={id} href={`/api/v1/attachments/${encodeURIComponent(id)}`} target="_blank" rel="noreferrer" dir="auto">
          {name}
        </a>
      ))}
      <span className={classes.messageMeta}>
        {message.author && <ActorName actor={message.author} />} <time dateTime={message.at}>{time(message.at)}</time>
        {message.channel && !isNote && ` · ${code('channel', message.channel)}`}
        {message.state && !isNote && ` · ${code('messageState', message.state)}`}
        {message.error && <bdi>{` · ${errorOf(message.error, i18n)}`}</bdi>}
      </span>
    </div>
  );
}
