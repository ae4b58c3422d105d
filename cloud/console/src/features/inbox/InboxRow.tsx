import { IconCpu, IconMessage } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Case, Conversation } from '@/api/types';
import { useI18n } from '@/i18n';
import { caseTitleOf } from '@/sentences/sentences';
import { Age } from '@/ui/Age';
import { PriorityMark } from '@/ui/Badges';
import { CustomerName, DeviceName } from '@/ui/Names';
import { SlaMark } from '../cases/SlaMark';
import { useAgents } from '../cases/useAgents';
import classes from './inbox.module.css';
import type { Row } from './rows';
import type { InboxSearch } from './search';

interface InboxRowProps {
  row: Row;
  search: InboxSearch;
  isChosen: boolean;
  isUnread: boolean;
  /** Where it stands among how many, for those who do not see: the rows beside it may not be drawn. */
  place: number;
  count: number;
}

/** A row is drawn again when what it shows changes, not when the list grows. */
export const InboxRow = memo(function InboxRow({ row, search, isChosen, isUnread, place, count }: InboxRowProps) {
  const { t } = useI18n();
  const chosen = { talkId: undefined, caseId: undefined, [row.kind === 'talk' ? 'talkId' : 'caseId']: row.id };
  return (
    <li data-row aria-posinset={place} aria-setsize={count}>
      <Link
        to="/inbox"
        search={{ ...search, ...chosen }}
        className={classes.row}
        aria-current={isChosen || undefined}
        data-row-link
        data-kind={row.kind}
        data-unread={isUnread || undefined}
        data-testid="inbox-row"
      >
        <span className={classes.mark}>{isUnread && <span className="visually-hidden">{t('desk.unread')}</span>}</span>
        {row.kind === 'talk' ? <TalkRow item={row.item} /> : <CaseRow item={row.item} />}
        <span className={classes.sla}>
          <SlaMark item={row.item} />
        </span>
      </Link>
    </li>
  );
});

function TalkRow({ item }: { item: Conversation }) {
  const { code } = useI18n();
  return (
    <>
      <span className={classes.name}>
        <IconMessage size={14} stroke={1.8} aria-label={code('channel', item.channel)} />
        <bdi>
          <CustomerName id={item.customerId} />
        </bdi>
      </span>
      <Age at={item.waitingSince ?? item.lastMessageAt} />
      <span className={`own-direction ${classes.about}`} dir="auto">
        {item.lastMessage ?? item.subject}
      </span>
      <Whose item={item} what={code('channel', item.channel)} />
    </>
  );
}

function CaseRow({ item }: { item: Case }) {
  const i18n = useI18n();
  return (
    <>
      <span className={classes.name}>
        <IconCpu size={14} stroke={1.8} aria-label={i18n.t('ref.case')} />
        <bdi>
          {item.customerId ? <CustomerName id={item.customerId} /> : item.deviceId ? <DeviceName id={item.deviceId} /> : `#${item.number}`}
        </bdi>
        <PriorityMark priority={item.priority} />
      </span>
      <Age at={item.firstSymptomAt ?? item.openedAt} />
      <span className={`own-direction ${classes.about}`} dir="auto">
        {caseTitleOf(item, i18n)}
      </span>
      <Whose item={item} what={`#${item.number}`} />
    </>
  );
}

function Whose({ item, what }: { item: Case | Conversation; what: string }) {
  const { t } = useI18n();
  const { nameOf } = useAgents();
  return (
    <span className={classes.whose}>
      <bdi>{what}</bdi> · <bdi>{item.assignee ? nameOf(item.assignee) : t('case.unassigned')}</bdi> · <bdi>{item.queue}</bdi>
    </span>
  );
}
