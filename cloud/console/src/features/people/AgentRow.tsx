import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send } from '@/api/client';
import { may } from '@/api/rights';
import type { Agent, Role } from '@/api/types';
import { useI18n } from '@/i18n';
import { Confirm } from '@/ui/Confirm';
import classes from './people.module.css';
import { useRoleName } from './useRoleName';

type Asked = 'remove' | 'endSessions' | 'endFactor';

const addresses = { remove: '', endSessions: '/sessions', endFactor: '/totp' } as const;

/** A person, their role, and what can be done about them. */
export function AgentRow({ agent, role, onEdit }: { agent: Agent; role: Role | undefined; onEdit: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const roleName = useRoleName();
  const [asked, setAsked] = useState<Asked | null>(null);
  const order = useMutation({
    mutationFn: (what: Asked) => send(path`/agents/${agent.id}` + addresses[what], { method: 'DELETE' }),
    onSuccess: () => {
      setAsked(null);
      void client.invalidateQueries({ queryKey: ['agents'] });
    },
  });
  const ask = (what: Asked) => {
    order.reset();
    setAsked(what);
  };
  return (
    <li className={classes.row} data-testid="agent-row" data-agent={agent.id}>
      {asked && (
        <Confirm
          title={t(`people.${asked}`)}
          hint={t(`people.${asked}Hint`, { name: agent.name })}
          pending={order.isPending}
          error={order.error}
          onConfirm={() => order.mutate(asked)}
          onClose={() => setAsked(null)}
          testId="agent-confirm"
        />
      )}
      <span className={classes.what}>
        <strong>
          <bdi>{agent.name}</bdi>
        </strong>
        <br />
        <span className={classes.dim}>
          <bdi>{agent.id}</bdi> · <bdi>{role ? roleName(role) : agent.role}</bdi>
        </span>
      </span>
      {may('administer') && (
        <Group gap="xs">
          <Button variant="default" size="compact-sm" onClick={onEdit} data-testid="agent-edit">
            {t('action.edit')}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => ask('endSessions')} data-testid="agent-end-sessions">
            {t('people.endSessions')}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => ask('endFactor')}>
            {t('people.endFactor')}
          </Button>
          <Button variant="default" color="red" size="compact-sm" onClick={() => ask('remove')} data-testid="agent-remove">
            {t('people.remove')}
          </Button>
        </Group>
      )}
    </li>
  );
}
