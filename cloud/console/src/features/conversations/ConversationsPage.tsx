import { SegmentedControl } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { conversationListQuery, useList } from '@/api/lists';
import type { Conversation } from '@/api/types';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { CustomerName } from '@/ui/Names';
import { ListEnd } from '@/ui/ListEnd';
import { PageHead } from '@/ui/Panel';
import { SearchField } from '@/ui/SearchField';
import { Empty, Loading, Problem } from '@/ui/states';
import classes from './conversations.module.css';
import { Thread } from './Thread';

/** Conversations on the one side, the chosen one with the customer's devices on the other. */
export function ConversationsPage() {
  const { t, number } = useI18n();
  const { id, status = 'open', q } = useSearch({ from: '/shell/conversations' });
  const navigate = useNavigate({ from: '/conversations' });
  const list = useList(conversationListQuery({ status, q }));
  return (
    <div className="page">
      <PageHead
        title={t('conversation.title')}
        lead={<span role="status">{list.total === undefined ? ' ' : t('conversation.count', { count: number(list.total) })}</span>}
        actions={
          <SegmentedControl
            aria-label={t('case.status')}
            value={status}
            onChange={(next) => void navigate({ search: { status: next, q }, replace: true })}
            data={[
              { value: 'open', label: t('conversation.open') },
              { value: 'closed', label: t('conversation.closed') },
            ]}
          />
        }
      />
      <div className={classes.columns} data-chosen={id !== undefined || undefined}>
        <div className={classes.listPane}>
          <div className={classes.find}>
            <SearchField
              label={t('conversation.search')}
              value={q}
              onSearch={(next) => void navigate({ search: { id, status, q: next }, replace: true })}
            />
          </div>
          {list.error ? (
            <Problem error={list.error} onRetry={list.retry} />
          ) : list.pending ? (
            <Loading rows={8} height={44} />
          ) : list.items.length === 0 ? (
            <Empty
              icon={<IconMessages size={40} stroke={1.3} aria-hidden />}
              title={t('conversation.empty')}
              hint={t(q ? 'conversation.emptyFiltered' : 'conversation.emptyHint')}
            />
          ) : (
            <>
              <ul className={classes.list}>
                {list.items.map((item) => (
                  <Row key={item.id} item={item} search={{ id: item.id, status, q }} chosen={item.id === id} />
                ))}
              </ul>
              <ListEnd list={list} />
            </>
          )}
        </div>
        {id ? <Thread key={id} id={id} /> : <div className={classes.nothingChosen}>{t('conversation.choose')}</div>}
      </div>
    </div>
  );
}

function Row({ item, search, chosen }: { item: Conversation; search: { id: string; status: string; q?: string }; chosen: boolean }) {
  const { code } = useI18n();
  return (
    <li>
      <Link to="/conversations" search={search} className={classes.row} aria-current={chosen || undefined} data-testid="conversation-row">
        <span className={`own-direction ${classes.rowName}`} dir="auto">
          {item.customerId ? <CustomerName id={item.customerId} /> : <span className="mono ltr">{item.id}</span>}
        </span>
        <Age at={item.lastMessageAt ?? item.openedAt} />
        <span className={`own-direction ${classes.subject}`} dir="auto">
          {item.lastMessage ?? item.subject}
        </span>
        <span className={classes.channel}>{code('channel', item.channel)}</span>
      </Link>
    </li>
  );
}
