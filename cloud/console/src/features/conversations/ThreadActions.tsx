import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowForwardUp, IconArrowMerge, IconCheck, IconClock, IconDots, IconRotate } from '@tabler/icons-react';
import { useState } from 'react';
import type { Versioned } from '@/api/client';
import { may } from '@/api/rights';
import type { ConversationView } from '@/api/types';
import { useI18n } from '@/i18n';
import { AssigneeSelect } from '../cases/AssigneeSelect';
import { useAgents } from '../cases/useAgents';
import { useChange } from './actions';
import classes from './conversations.module.css';
import { MacroMenu } from './MacroMenu';
import { MergeModal } from './MergeModal';
import { SnoozeMenu } from './SnoozeMenu';
import { TransferModal } from './TransferModal';

/** Whose a conversation is, and its end. Who may not change it is told whose it is. */
export function ThreadActions({ stored }: { stored: Versioned<ConversationView> }) {
  const conversation = stored.value;
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
      <MacroMenu of="conversations" id={conversation.id} />
      <AssigneeSelect assignee={conversation.assignee} onChange={(assignee) => mutate({ assignee: assignee ?? '' })} />
      {isSnoozed ? (
        <Button
          variant="default"
          leftSection={<IconClock size={15} aria-hidden />}
          loading={isPending}
          onClick={() => mutate({ status: 'open' })}
          data-key="z"
          data-testid="conversation-wake"
        >
          {t('conversation.wake')}
        </Button>
      ) : (
        <SnoozeMenu loading={isPending} onChoose={mutate} />
      )}
      <MoreMenu stored={stored} />
      <Button
        variant="default"
        leftSection={<IconCheck size={15} aria-hidden />}
        loading={isPending}
        onClick={() => mutate({ status: 'closed' })}
        data-key="e"
        data-testid="conversation-close"
      >
        {t('conversation.close')}
      </Button>
    </>
  );
}

/** What is done less often: handing on, taking in. */
function MoreMenu({ stored }: { stored: Versioned<ConversationView> }) {
  const { t } = useI18n();
  const [begun, setBegun] = useState<{ dialog: 'transfer' | 'merge'; stored: Versioned<ConversationView> } | null>(null);
  const close = () => setBegun(null);
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="md" aria-label={t('conversation.more')} data-key="m" data-testid="conversation-more">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconArrowForwardUp size={15} aria-hidden />}
            onClick={() => setBegun({ dialog: 'transfer', stored })}
            data-testid="conversation-transfer"
          >
            {t('conversation.transfer')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowMerge size={15} aria-hidden />}
            onClick={() => setBegun({ dialog: 'merge', stored })}
            data-testid="conversation-merge"
          >
            {t('conversation.merge')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {begun?.dialog === 'transfer' && <TransferModal stored={begun.stored} onClose={close} />}
      {begun?.dialog === 'merge' && <MergeModal stored={begun.stored} onClose={close} />}
    </>
  );
}
