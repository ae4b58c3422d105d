import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Conversation } from '@/api/types';
import { useI18n } from '@/i18n';
import { Age } from '@/ui/Age';
import { CustomerName } from '@/ui/Names';
import { useAgents } from '../cases/useAgents';
import classes from './conversations.module.css';
import type { ConversationSearch } from './search';

interface ConversationRowProps {
  item: Conversation;
  search: ConversationSearch;
  chosen: boolean;
}

/** A row is drawn again when its conversation changes, not when the list grows. */
export const ConversationRow = memo(function ConversationRow({ item, search, chosen }: ConversationRowProps) {
  const { t, code } = useI18n();
  const { nameOf } = useAgents();
  return (
    <li>
      <Link
        to="/conversations"
        search={{ ...search, id: item.id }}
        className={classes.row}
        aria-current={chosen || undefined}
        data-testid="conversation-row"
      >
        <span className={`own-direction ${classes.rowName}`} dir="auto">
          {item.customerId ? <CustomerName id={item.customerId} /> : <span className="mono ltr">{item.id}</span>}
        </span>
        <Age at={item.lastMessageAt ?? item.openedAt} />
        <span className={`own-direction ${classes.subject}`} dir="auto">
          {item.lastMessage ?? item.subject}
        </span>
        <span className={classes.channel}>{code('channel', item.channel)}</span>
        <span className={classes.whose}>
          <bdi>{item.assignee ? nameOf(item.assignee) : t('case.unassigned')}</bdi> · <bdi>{item.queue}</bdi>
        </span>
      </Link>
    </li>
  );
});
