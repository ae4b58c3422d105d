import { TagsInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send } from '@/api/client';
import type { Role } from '@/api/types';
import { useSave } from '@/api/useSave';
import { useI18n } from '@/i18n';
import { idFor } from '@/lib/ids';
import { FormModal } from '@/ui/FormModal';
import { RightsField } from './RightsField';
import { useRoleName } from './useRoleName';

/** What a role may do; without one it makes a new one, named after its name. */
export function RoleModal({ role, taken, onClose }: { role: Role | null; taken: string[]; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const roleName = useRoleName();
  const [name, setName] = useState(role?.name ?? '');
  const [rights, setRights] = useState(role?.rights ?? []);
  const [queues, setQueues] = useState(role?.queues ?? []);
  const [sites, setSites] = useState(role?.sites ?? []);
  const mine = { name, rights, queues, sites };
  const save = useSave<Role>({
    etag: null,
    save: () => send<Role>(path`/roles/${role?.id ?? idFor(name, taken, 'role')}`, { method: 'PUT', body: mine }),
    read: () => Promise.reject(new Error()),
    onSaved: () => {
      void client.invalidateQueries({ queryKey: ['roles'] });
      void client.invalidateQueries({ queryKey: ['me'] });
      onClose();
    },
  });
  return (
    <FormModal
      title={role ? <bdi>{roleName(role)}</bdi> : t('roles.add')}
      ready={name.trim() !== ''}
      save={save}
      mine={mine}
      labels={{ '/name': t('people.name'), '/rights': t('roles.rights'), '/queues': t('roles.queues'), '/sites': t('roles.sites') }}
      onTake={() => {}}
      onClose={onClose}
      testId="role-save"
    >
      {!role?.builtIn && (
        <TextInput
          label={t('people.name')}
          required
          dir="auto"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={save.mistake('/name')}
          data-autofocus
          data-testid="role-name"
        />
      )}
      <TagsInput
        label={t('roles.queues')}
        description={t('roles.bounds')}
        value={queues}
        onChange={setQueues}
        error={save.mistake('/queues')}
        data-testid="role-queues"
      />
      <TagsInput
        label={t('roles.sites')}
        value={sites}
        onChange={setSites}
        error={save.mistake('/sites')}
        data-testid="role-sites"
      />
      <RightsField value={rights} onChange={setRights} error={save.mistake('/rights')} />
    </FormModal>
  );
}
