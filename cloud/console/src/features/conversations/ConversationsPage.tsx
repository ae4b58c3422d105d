import { SegmentedControl } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { conversationsQuery } from '@/api/queries';
import type { Conversation } from '@/api/types';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { CustomerName } from '@/ui/Names';
import { PageHead } from '@/ui/Panel';
import { Empty, Loading, QueryView } from '@/ui/states';
import classes from './conversations.module.css';
import { Thread } from './Thread';

/** Conversations on the one side, the chosen one with the customer's devices on the other. */
export function ConversationsPage() {
  const { t } = useI18n();
  const { id, status = 'open' } = useSearch({ from: '/shell/conversations' });
  const navigate = useNavigate({ from: '/conversations' });
  const query = useQuery(conversationsQuery({ status }));
  return (
    <div className="page">
      <PageHead
        title={t('conversation.title')}
        actions={
          <SegmentedControl
            size="xs"
            aria-label={t('case.status')}
            value={status}
            onChange={(next) => void navigate({ search: { status: next }, replace: true })}
            data={[
              { value: 'open', label: t('conversation.open') },
              { value: 'closed', label: t('conversation.closed') },
            ]}
          />
        }
      />
      <div className={classes.columns} data-chosen={id !== undefined || undefined}>
        <div className={classes.listPane}>
          <QueryView query={query} loading={<Loading rows={8} height={44} />}>
            {(page) =>
              page.items.length === 0 ? (
                <Empty icon={<IconMessages size={40} stroke={1.3} aria-hidden />} title={t('conversation.empty')} hint={t('conversation.emptyHint')} />
              ) : (
                <ul className={classes.list}>
                  {page.items.toSorted(byLastMessage).map((item) => (
                    <Row key={item.id} item={item} status={status} chosen={item.id === id} />
                  ))}
                </ul>
              )
            }
          </QueryView>
        </div>
        {id ? <Thread key={id} id={id} /> : <div className={classes.nothingChosen}>{t('conversation.choose')}</div>}
      </div>
    </div>
  );
}

const byLastMessage = (a: Conversation, b: Conversation) =>
  Date.parse(b.lastMessageAt ?? b.openedAt) - Date.parse(a.lastMessageAt ?? a.openedAt);

function Row({ item, status, chosen }: { item: Conversation; status: string; chosen: boolean }) {
  const { code } = useI18n();
  return (
    <li>
      <Link to="/conversations" search={{ id: item.id, status }} className={classes.row} aria-current={chosen || undefined} data-testid="conversation-row">
        <span className={`own-direction ${classes.rowName}`} dir="auto">{item.customerId ? <CustomerName id={item.customerId} /> : <span className="mono ltr">{item.id}</span>}</span>
        <Age at={item.lastMessageAt ?? item.openedAt} />
        <span className={`own-direction ${classes.subject}`} dir="auto">
          {item.subject}
        </span>
        <span className={classes.channel}>{code('channel', item.channel)}</span>
      </Link>
    </li>
  );
}
