import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Versioned } from '@/api/client';
import { caseQuery } from '@/api/queries';
import { may } from '@/api/rights';
import type { ConversationView } from '@/api/types';
import { useI18n } from '@/i18n';
import { caseTitleOf } from '@/sentences/sentences';
import { Tags } from '@/ui/Tags';
import { SlaMark } from '../cases/SlaMark';
import { ConversationForm } from './ConversationForm';
import classes from './conversations.module.css';

/** What a conversation is about: subject, queue, case and tags, with the way to change them. */
export function ThreadFacts({ stored }: { stored: Versioned<ConversationView> }) {
  const { t, dateTime } = useI18n();
  const [begun, setBegun] = useState<Versioned<ConversationView> | null>(null);
  const { subject, queue, caseId, tags, status, number, snoozedUntil } = stored.value;
  return (
    <div className={classes.facts}>
      <strong className={classes.topic} dir="auto">
        <span className="mono ltr">#{number}</span> {subject ?? '–'}
      </strong>
      <span className={classes.about}>
        <span>
          {t('case.queue')}: <bdi data-testid="conversation-queue-name">{queue}</bdi>
        </span>
        <SlaMark item={stored.value} long />
        {snoozedUntil && <span>{t('conversation.snoozedUntil', { time: dateTime(snoozedUntil) })}</span>}
        {caseId && <CaseLink id={caseId} />}
        <Tags tags={tags} />
      </span>
      {may('writeConversations') && status !== 'closed' && (
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPencil size={14} aria-hidden />}
          onClick={() => setBegun(stored)}
          data-testid="conversation-edit"
        >
          {t('action.edit')}
        </Button>
      )}
      {begun && <ConversationForm stored={begun} onClose={() => setBegun(null)} />}
    </div>
  );
}

function CaseLink({ id }: { id: string }) {
  const i18n = useI18n();
  const item = useQuery(caseQuery(id)).data?.value;
  return (
    <Link to="/cases/$id" params={{ id }} data-testid="conversation-case">
      {item ? (
        <>
          <span className="mono ltr">#{item.number}</span> <bdi>{caseTitleOf(item, i18n)}</bdi>
        </>
      ) : (
        i18n.t('ref.case')
      )}
    </Link>
  );
}
