import { useQuery } from '@tanstack/react-query';
import { conversationCountsQuery } from '@/api/lists';
import { useI18n } from '@/i18n';
import { SearchField } from '@/ui/SearchField';
import { AssigneeFilter, ClearFilters, QueueFilter } from '../cases/DeskFilters';
import classes from './conversations.module.css';
import type { ConversationSearch } from './search';

/** Whose conversations, of which queue, with whom. */
export function ConversationFilters({ search, onChange }: { search: ConversationSearch; onChange: (change: ConversationSearch) => void }) {
  const { t } = useI18n();
  const counts = useQuery(conversationCountsQuery({})).data?.queues;
  return (
    <div className={classes.find} role="search" aria-label={t('inbox.filters')}>
      <SearchField className={classes.search} label={t('conversation.search')} value={search.q} onSearch={(q) => onChange({ q })} />
      <AssigneeFilter value={search.assignee} onChange={(assignee) => onChange({ assignee })} testId="conversation-whose" />
      <QueueFilter value={search.queue} onChange={(queue) => onChange({ queue })} counts={counts} testId="conversation-queue" />
      {(search.assignee || search.queue || search.channel || search.q) && (
        <ClearFilters onClear={() => onChange({ assignee: undefined, queue: undefined, channel: undefined, q: undefined })} />
      )}
    </div>
  );
}
