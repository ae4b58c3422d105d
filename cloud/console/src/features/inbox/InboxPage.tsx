import { Button, Kbd, SegmentedControl } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { caseCountsQuery, conversationCountsQuery } from '@/api/lists';
import { may } from '@/api/rights';
import { useI18n } from '@/i18n';
import { ListEnd } from '@/ui/ListEnd';
import { PageHead } from '@/ui/Panel';
import { Empty, Loading, Problem } from '@/ui/states';
import { useListKeys } from '@/ui/useListKeys';
import { useRowWindow } from '@/ui/useRowWindow';
import { QueueFilter } from '../cases/DeskFilters';
import { useIsNew } from '../cases/seen';
import conversations from '../conversations/conversations.module.css';
import { useIsUnread } from '../conversations/seen';
import { Thread } from '../conversations/Thread';
import { CasePane } from './CasePane';
import classes from './inbox.module.css';
import { InboxRow } from './InboxRow';
import type { InboxSearch, View } from './search';
import { views } from './search';
import { useCount, useInbox } from './useInbox';

/** Everything that is to be done, cases and conversations in one list, with what is chosen beside it. */
export function InboxPage() {
  const { t } = useI18n();
  const search = useSearch({ from: '/shell/inbox' });
  const { view = 'all', queue, talkId, caseId } = search;
  const navigate = useNavigate({ from: '/inbox' });
  const set = (change: InboxSearch) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  const count = useCount(view, queue);
  const back = (
    <Link to="/inbox" search={{ view: search.view, queue }} className={conversations.back} aria-label={t('desk.title')}>
      ‹
    </Link>
  );
  return (
    <div className="page">
      <PageHead
        title={t('desk.title')}
        lead={<span role="status">{count === undefined ? ' ' : t('desk.count', { count })}</span>}
        actions={<Views view={view} queue={queue} onChange={(next) => set({ view: next, talkId: undefined, caseId: undefined })} />}
      />
      <div className={`${conversations.columns} ${classes.columns}`} data-chosen={talkId || caseId ? true : undefined}>
        <div className={conversations.listPane}>
          <QueuePick queue={queue} onChange={(next) => set({ queue: next })} />
          <InboxList search={search} />
        </div>
        {talkId ? (
          <Thread key={talkId} id={talkId} back={back} />
        ) : caseId ? (
          <CasePane key={caseId} id={caseId} back={back} />
        ) : (
          <div className={conversations.nothingChosen}>{t('desk.choose')}</div>
        )}
      </div>
    </div>
  );
}

function Views(props: { view: View; queue: string | undefined; onChange: (view: View) => void }) {
  const { t, number } = useI18n();
  const { view, queue, onChange } = props;
  const counts: Record<View, number | undefined> = {
    mine: useCount('mine', queue),
    unassigned: useCount('unassigned', queue),
    all: useCount('all', queue),
    snoozed: useCount('snoozed', queue),
  };
  const label = (of: View) => t(`desk.${of}`) + (counts[of] === undefined ? '' : ` ${number(counts[of])}`);
  return (
    <SegmentedControl
      aria-label={t('desk.view')}
      value={view}
      onChange={(next) => onChange(next as View)}
      data={views.map((value) => ({ value, label: label(value) }))}
      className={classes.views}
      data-testid="inbox-view"
    />
  );
}

/** Queues of what there is, of either kind. */
function QueuePick({ queue, onChange }: { queue: string | undefined; onChange: (queue: string | undefined) => void }) {
  const cases = useQuery({ ...caseCountsQuery({}), enabled: may('readCases') }).data?.queues;
  const talks = useQuery({ ...conversationCountsQuery({}), enabled: may('readConversations') }).data?.queues;
  return (
    <div className={classes.find}>
      <QueueFilter value={queue} onChange={onChange} counts={{ ...cases, ...talks }} testId="inbox-queue" />
    </div>
  );
}

function InboxList({ search }: { search: InboxSearch }) {
  const { t } = useI18n();
  const inbox = useInbox(search);
  const isNew = useIsNew();
  const isUnread = useIsUnread();
  const list = useListKeys();
  const { from, to, height } = useRowWindow(list, inbox.rows.length);
  if (inbox.error) return <Problem error={inbox.error} onRetry={inbox.retry} />;
  if (inbox.pending) return <Loading rows={8} height={44} />;
  if (inbox.rows.length === 0 && !inbox.hasMore) return <NothingToDo search={search} />;
  return (
    <div className={`${conversations.list} ${classes.list}`}>
      <ul ref={list} aria-label={t('desk.list')}>
        {from > 0 && <li aria-hidden style={{ height: from * height }} />}
        {inbox.rows.slice(from, to).map((row, i) => (
          <InboxRow
            key={row.id}
            row={row}
            place={from + i + 1}
            count={inbox.rows.length}
            search={search}
            isChosen={row.id === (row.kind === 'talk' ? search.talkId : search.caseId)}
            isUnread={row.kind === 'talk' ? isUnread(row.item) : isNew(row.item)}
          />
        ))}
        {to < inbox.rows.length && <li aria-hidden style={{ height: (inbox.rows.length - to) * height }} />}
      </ul>
      <ListEnd list={inbox} />
      <p className={classes.keys} aria-hidden>
        <Kbd size="xs">j</Kbd> <Kbd size="xs">k</Kbd> {t('keys.move')} · <Kbd size="xs">↵</Kbd> {t('keys.open')}
      </p>
    </div>
  );
}

/** An empty view leads on to where there may be more. */
function NothingToDo({ search: { view = 'all', queue } }: { search: InboxSearch }) {
  const { t } = useI18n();
  const next: View | null = view === 'mine' ? 'unassigned' : view === 'all' && !queue ? null : 'all';
  const hint = view === 'mine' ? 'desk.emptyMine' : view === 'snoozed' ? 'desk.emptySnoozed' : 'conversation.emptyHint';
  return (
    <Empty
      icon={<IconInbox size={40} stroke={1.3} aria-hidden />}
      title={t('desk.nothing')}
      hint={t(hint)}
      action={
        next && (
          <Button
            renderRoot={(props) => <Link {...props} to="/inbox" search={{ view: next }} />}
            variant="default"
            data-testid="inbox-lead-on"
          >
            {t(next === 'unassigned' ? 'desk.seeUnassigned' : 'desk.seeAll')}
          </Button>
        )
      }
    />
  );
}
