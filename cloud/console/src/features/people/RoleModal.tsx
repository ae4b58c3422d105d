import { TextInput } from '@mantine/core';
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
  const mine = { name, rights };
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
      labels={{ '/name': t('people.name'), '/rights': t('roles.rights') }}
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
      <RightsField value={rights} onChange={setRights} error={save.mistake('/rights')} />
    </FormModal>
  );
}
