import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconClock } from '@tabler/icons-react';
import { useI18n } from '@/i18n';
import { snoozeChoices } from '@/lib/snooze';
import type { ConversationChange } from './actions';

/** Puts a conversation out of sight for a while. */
export function SnoozeMenu({ loading, onChoose }: { loading: boolean; onChoose: (change: ConversationChange) => void }) {
  const { t, time } = useI18n();
  return (
    <Menu>
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconClock size={15} aria-hidden />}
          rightSection={<IconChevronDown size={13} aria-hidden />}
          loading={loading}
          data-key="z"
          data-testid="conversation-snooze"
        >
          {t('conversation.snoozeFor')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {snoozeChoices(Date.now()).map(({ key, at }) => (
          <Menu.Item
            key={key}
            onClick={() => onChoose(at ? { snoozedUntil: at.toISOString() } : { status: 'snoozed' })}
            data-testid={`snooze-${key}`}
          >
            {t(`conversation.snooze${key}`, { time: at ? time(at.toISOString()) : '' })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
