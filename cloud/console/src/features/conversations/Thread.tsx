import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import type { Versioned } from '@/api/client';
import { caseQuery, conversationQuery } from '@/api/queries';
import { may } from '@/api/rights';
import type { ConversationView } from '@/api/types';
import { useI18n } from '@/i18n';
import { CustomerLink } from '@/ui/Names';
import { Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { CustomerCases, CustomerDevices, CustomerPages } from '../customers/CustomerSide';
import { DeviceTrouble } from '../devices/DeviceTrouble';
import classes from './conversations.module.css';
import { FittingArticles } from './FittingArticles';
import { Messages } from './Messages';
import { ReplyBox } from './ReplyBox';
import { markRead } from './seen';
import { ThreadActions } from './ThreadActions';
import { ThreadFacts } from './ThreadFacts';

/** A conversation with its customer beside it; `back` leads to the list where there is no room for both. */
export function Thread({ id, back }: { id: string; back: ReactNode }) {
  const query = useQuery(conversationQuery(id));
  return (
    <QueryView query={query} loading={<Loading rows={8} />}>
      {(stored) => <ThreadView stored={stored} back={back} />}
    </QueryView>
  );
}

function ThreadView({ stored, back }: { stored: Versioned<ConversationView>; back: ReactNode }) {
  const { t, code } = useI18n();
  const conversation = stored.value;
  const { id, customerId, status } = conversation;
  const deviceId = useDeviceOf(conversation);
  useEffect(() => markRead(conversation), [conversation]);
  return (
    <>
      <Panel
        className={classes.thread}
        title={
          <>
            {back}
            {customerId && <CustomerLink id={customerId} />}
            <span className={classes.channel}>{code('channel', conversation.channel)}</span>
          </>
        }
        actions={<ThreadActions stored={stored} />}
        flush
      >
        <ThreadFacts stored={stored} />
        <Messages messages={conversation.messages} />
        <div className={classes.reply}>
          {status !== 'closed' ? (
            <ReplyBox key={id} conversationId={id} />
          ) : (
            <p className={classes.closedHint} data-testid="conversation-closed">
              {t('conversation.closedHint')}
            </p>
          )}
        </div>
      </Panel>
      <aside className={classes.side}>
        {status !== 'closed' && may('readArticles') && <FittingArticles conversationId={id} messages={conversation.messages} />}
        {customerId && <CustomerCases customerId={customerId} />}
        {deviceId && <DeviceTrouble id={deviceId} />}
        {customerId && may('readCustomers') && <CustomerPages customerId={customerId} />}
        {customerId && <CustomerDevices customerId={customerId} firstId={deviceId} />}
      </aside>
    </>
  );
}

/** The device that a conversation is about, by itself or by its case. */
function useDeviceOf({ deviceId, caseId }: ConversationView): string | null {
  const about = useQuery({ ...caseQuery(caseId ?? ''), enabled: !deviceId && caseId !== null }).data?.value;
  return deviceId ?? about?.deviceId ?? null;
}
