import { SegmentedControl } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { conversationCountsQuery, conversationListQuery, useList } from '@/api/lists';
import type { ConversationStatus } from '@/api/types';
import { useI18n } from '@/i18n';
import { ListEnd } from '@/ui/ListEnd';
import { PageHead } from '@/ui/Panel';
import { Empty, Loading, Problem } from '@/ui/states';
import { ConversationFilters } from './ConversationFilters';
import { ConversationRow } from './ConversationRow';
import classes from './conversations.module.css';
import { statuses, type ConversationSearch } from './search';
import { Thread } from './Thread';

/** Conversations on the one side, the chosen one with the customer's devices on the other. */
export function ConversationsPage() {
  const { t, number } = useI18n();
  const search = useSearch({ from: '/shell/conversations' });
  const { id, status = 'open', ...filter } = search;
  const navigate = useNavigate({ from: '/conversations' });
  const set = (change: ConversationSearch) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  const list = useList(conversationListQuery({ status, ...filter }));
  const counts = useQuery({ ...conversationCountsQuery(filter), placeholderData: keepPreviousData }).data;
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const back = (
    <Link to="/conversations" search={{ status }} className={classes.back} aria-label={t('conversation.title')}>
      ‹
    </Link>
  );
  return (
    <div className="page">
      <PageHead
        title={t('conversation.title')}
        lead={<span role="status">{counts ? t('conversation.count', { count: counts[status] }) : ' '}</span>}
        actions={
          <SegmentedControl
            aria-label={t('case.status')}
            value={status}
            onChange={(next) => set({ id: undefined, status: next as ConversationStatus })}
            data={statuses.map((value) => ({ value, label: t(`conversation.${value}`) + (counts ? ` ${number(counts[value])}` : '') }))}
          />
        }
      />
      <div className={classes.columns} data-chosen={id !== undefined || undefined}>
        <div className={classes.listPane}>
          <ConversationFilters search={search} onChange={set} />
          {list.error ? (
            <Problem error={list.error} onRetry={list.retry} />
          ) : list.pending ? (
            <Loading rows={8} height={44} />
          ) : list.items.length === 0 ? (
            <Empty
              icon={<IconMessages size={40} stroke={1.3} aria-hidden />}
              title={t('conversation.empty')}
              hint={t(isFiltered ? 'conversation.emptyFiltered' : 'conversation.emptyHint')}
            />
          ) : (
            <div className={classes.list}>
              <ul aria-label={t('conversation.title')}>
                {list.items.map((item) => (
                  <ConversationRow key={item.id} item={item} search={search} chosen={item.id === id} />
                ))}
              </ul>
              <ListEnd list={list} />
            </div>
          )}
        </div>
        {id ? <Thread key={id} id={id} back={back} /> : <div className={classes.nothingChosen}>{t('conversation.choose')}</div>}
      </div>
    </div>
  );
}
