import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Versioned } from '@/api/client';
import { conversationQuery } from '@/api/queries';
import type { ConversationView } from '@/api/types';
import { useI18n } from '@/i18n';
import { CustomerLink } from '@/ui/Names';
import { Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { CustomerCases, CustomerDevices } from '../customers/CustomerSide';
import classes from './conversations.module.css';
import { KnownTrouble } from './KnownTrouble';
import { Messages } from './Messages';
import { ReplyBox } from './ReplyBox';
import { ThreadActions } from './ThreadActions';
import { ThreadFacts } from './ThreadFacts';

export function Thread({ id }: { id: string }) {
  const query = useQuery(conversationQuery(id));
  return (
    <QueryView query={query} loading={<Loading rows={8} />}>
      {(stored) => <ThreadView stored={stored} />}
    </QueryView>
  );
}

function ThreadView({ stored }: { stored: Versioned<ConversationView> }) {
  const { t, code } = useI18n();
  const conversation = stored.value;
  const { id, customerId, deviceId, caseId, status } = conversation;
  const known = deviceId && caseId ? { deviceId, caseId } : null;
  return (
    <>
      <Panel
        className={classes.thread}
        title={
          <>
            <Link to="/conversations" search={{ status }} className={classes.back} aria-label={t('conversation.title')}>
              ‹
            </Link>
            {customerId && <CustomerLink id={customerId} />}
            <span className={classes.channel}>{code('channel', conversation.channel)}</span>
          </>
        }
        actions={<ThreadActions conversation={conversation} />}
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
        {known && <KnownTrouble {...known} />}
        {customerId && <CustomerCases customerId={customerId} />}
        {customerId && <CustomerDevices customerId={customerId} firstId={deviceId} withoutId={known?.deviceId} />}
      </aside>
    </>
  );
}
