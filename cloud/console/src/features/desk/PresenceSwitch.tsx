import { Button, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { path, send } from '@/api/client';
import { session } from '@/api/session';
import type { MyDesk, PresenceState } from '@/api/types';
import { useI18n } from '@/i18n';
import { explain } from '@/ui/states';
import classes from './desk.module.css';
import { myDeskQuery } from './queries';

const states: PresenceState[] = ['available', 'busy', 'away', 'offline'];
const rooms = ['chat', 'voice', 'other'] as const;

/** Whether one is there for new work, and how much one has of what one takes at once. */
export function PresenceSwitch() {
  const { t, number } = useI18n();
  const desk = useQuery(myDeskQuery).data;
  const say = useSay();
  if (!desk) return null;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          className={classes.presence}
          leftSection={<i className={classes.dot} data-state={desk.state} aria-hidden />}
          rightSection={<IconChevronDown size={13} aria-hidden />}
          loading={say.isPending}
          title={t('presence.title')}
          data-testid="presence"
          data-state={desk.state}
        >
          <span className="visually-hidden">{t('presence.title')}: </span>
          <span className={classes.word}>{t(`presence.${desk.state}`)}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {states.map((state) => (
          <Menu.Item
            key={state}
            leftSection={<i className={classes.dot} data-state={state} aria-hidden />}
            onClick={() => say.mutate(state)}
            data-testid={`presence-${state}`}
          >
            {t(`presence.${state}`)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <div className={classes.rooms}>
          {rooms.map((room) => (
            <span key={room}>{t(`presence.${room}`, { load: number(desk.load[room] ?? 0), capacity: number(desk.capacity[room] ?? 0) })}</span>
          ))}
          <Text size="xs" maw={220}>
            {t('presence.hint')}
          </Text>
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}

function useSay() {
  const client = useQueryClient();
  const i18n = useI18n();
  return useMutation({
    mutationFn: (state: PresenceState) =>
      send(path`/agents/${session.current()?.user ?? ''}/presence`, { method: 'PUT', body: { state } }),
    onSuccess: (_, state) => {
      client.setQueryData<MyDesk>(myDeskQuery.queryKey, (known) => known && { ...known, state });
      void client.invalidateQueries({ queryKey: myDeskQuery.queryKey });
    },
    onError: (error) => notifications.show({ color: 'red', title: i18n.t('error.title'), message: explain(error, i18n) }),
  });
}
