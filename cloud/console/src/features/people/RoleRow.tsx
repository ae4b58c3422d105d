import { Button, Group } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send } from '@/api/client';
import { may } from '@/api/rights';
import type { Role } from '@/api/types';
import { useI18n } from '@/i18n';
import { Confirm } from '@/ui/Confirm';
import classes from './people.module.css';
import { byResource } from './rights';
import { useRoleName } from './useRoleName';

/** A role and what it may do; of an administrator that is everything, for ever. */
export function RoleRow({ role, onEdit }: { role: Role; onEdit: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const roleName = useRoleName();
  const [asks, setAsks] = useState(false);
  const remove = useMutation({
    mutationFn: () => send(path`/roles/${role.id}`, { method: 'DELETE' }),
    onSuccess: () => {
      setAsks(false);
      void client.invalidateQueries({ queryKey: ['roles'] });
    },
  });
  const isFixed = role.id === 'admin';
  const title = t(role.builtIn ? 'roles.reset' : 'action.delete');
  return (
    <li className={classes.row} data-testid="role-row" data-role={role.id}>
      {asks && (
        <Confirm
          title={title}
          hint={t(role.builtIn ? 'roles.resetHint' : 'roles.removeHint')}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setAsks(false)}
          testId="role-confirm"
        />
      )}
      <span className={classes.what}>
        <strong>
          <bdi>{roleName(role)}</bdi>
        </strong>
        <br />
        <span className={classes.dim}>{isFixed ? t('roles.all') : <RightsText names={role.rights} />}</span>
      </span>
      {may('administer') && !isFixed && (
        <Group gap="xs">
          <Button variant="default" size="compact-sm" onClick={onEdit} data-testid="role-edit">
            {t('action.edit')}
          </Button>
          <Button variant="default" size="compact-sm" onClick={() => setAsks(true)} data-testid="role-remove">
            {title}
          </Button>
        </Group>
      )}
    </li>
  );
}

/** Rights in words: what may be changed, then what may only be seen. */
export function RightsText({ names }: { names: string[] }) {
  const { t, code } = useI18n();
  const all = byResource(names);
  const words = (some: typeof all) => some.map(({ resource }) => code('right', resource)).join(', ');
  const [changed, seen] = [all.filter(({ write }) => write), all.filter(({ write }) => !write)];
  return (
    <>
      {changed.length > 0 && `${t('roles.write')}: ${words(changed)}`}
      {changed.length > 0 && seen.length > 0 && <br />}
      {seen.length > 0 && `${t('roles.read')}: ${words(seen)}`}
    </>
  );
}
