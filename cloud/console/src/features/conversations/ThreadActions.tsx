import { Button } from '@mantine/core';
import { IconCheck, IconClock, IconRotate } from '@tabler/icons-react';
import { may } from '@/api/rights';
import type { ConversationView } from '@/api/types';
import { useI18n } from '@/i18n';
import { AssigneeSelect } from '../cases/AssigneeSelect';
import { useAgents } from '../cases/useAgents';
import { useChange } from './actions';
import classes from './conversations.module.css';
import { MacroMenu } from './MacroMenu';

/** An hour, in milliseconds. */
const snooze = 3_600_000;

/** Whose a conversation is, and its end. Who may not change it is told whose it is. */
export function ThreadActions({ conversation }: { conversation: ConversationView }) {
  const { t } = useI18n();
  const { nameOf } = useAgents();
  const { mutate, isPending } = useChange(conversation.id);
  const isOpen = conversation.status !== 'closed';
  const isSnoozed = conversation.status === 'snoozed';
  if (!may('writeConversations') || !isOpen)
    return (
      <>
        <span className={classes.whose}>
          {t('case.assignee')}: <bdi>{conversation.assignee ? nameOf(conversation.assignee) : t('case.unassigned')}</bdi>
        </span>
        {may('writeConversations') && (
          <Button
            variant="default"
            leftSection={<IconRotate size={15} aria-hidden />}
            loading={isPending}
            onClick={() => mutate({ status: 'open' })}
            data-testid="conversation-reopen"
          >
            {t('case.reopen')}
          </Button>
        )}
      </>
    );
  return (
    <>
      <MacroMenu conversationId={conversation.id} />
      <AssigneeSelect assignee={conversation.assignee} onChange={(assignee) => mutate({ assignee: assignee ?? '' })} />
      <Button
        variant="default"
        leftSection={<IconClock size={15} aria-hidden />}
        loading={isPending}
        onClick={() => mutate(isSnoozed ? { status: 'open' } : { snoozedUntil: new Date(Date.now() + snooze).toISOString() })}
        data-testid="conversation-snooze"
      >
        {t(isSnoozed ? 'conversation.wake' : 'conversation.snooze')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconCheck size={15} aria-hidden />}
        loading={isPending}
        onClick={() => mutate({ status: 'closed' })}
        data-testid="conversation-close"
      >
        {t('conversation.close')}
      </Button>
    </>
  );
}
