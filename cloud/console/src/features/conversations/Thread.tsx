import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { conversationQuery } from '@/api/queries';
import type { ConversationMessage, ConversationView } from '@/api/types';
import { useI18n } from '@/i18n';
import { groupByDay } from '@/lib/time';
import { ActorName, CustomerLink } from '@/ui/Names';
import { Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { CustomerCases, CustomerDevices } from '../customers/CustomerSide';
import classes from './conversations.module.css';
import { ReplyBox } from './ReplyBox';

export function Thread({ id }: { id: string }) {
  const query = useQuery(conversationQuery(id));
  return (
    <QueryView query={query} loading={<Loading rows={8} />}>
      {(conversation) => <ThreadView conversation={conversation} />}
    </QueryView>
  );
}

function ThreadView({ conversation }: { conversation: ConversationView }) {
  const { t, code } = useI18n();
  return (
    <>
      <Panel
        className={classes.thread}
        title={
          <>
            <Link
              to="/conversations"
              search={{ status: conversation.status }}
              className={classes.back}
              aria-label={t('conversation.title')}
            >
              ‹
            </Link>
            {conversation.customerId && <CustomerLink id={conversation.customerId} />}
            <span className={classes.channel}>{code('channel', conversation.channel)}</span>
          </>
        }
        flush
      >
        <Messages messages={conversation.messages} />
        <div className={classes.reply}>
          <ReplyBox key={conversation.id} conversationId={conversation.id} />
        </div>
      </Panel>
      <aside className={classes.side}>
        {conversation.customerId && <CustomerCases customerId={conversation.customerId} />}
        {conversation.customerId && <CustomerDevices customerId={conversation.customerId} firstId={conversation.deviceId} />}
      </aside>
    </>
  );
}

function Messages({ messages }: { messages: ConversationMessage[] }) {
  const { t, date } = useI18n();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [messages.length]);
  return (
    <div className={classes.messages} ref={list} role="log" aria-label={t('conversation.messages')} tabIndex={0}>
      {groupByDay(messages).map(({ day, items }) => (
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
  const { time, code } = useI18n();
  return (
    <div className={classes.message} data-direction={message.direction} data-testid="message">
      <p dir="auto">{message.text}</p>
      <span className={classes.messageMeta}>
        {message.author && <ActorName actor={message.author} />} <time dateTime={message.at}>{time(message.at)}</time>
        {message.state && ` · ${code('messageState', message.state)}`}
      </span>
    </div>
  );
}
