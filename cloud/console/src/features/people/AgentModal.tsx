import { PasswordInput, Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send } from '@/api/client';
import type { Agent } from '@/api/types';
import { useSave } from '@/api/useSave';
import { useI18n } from '@/i18n';
import { FormModal } from '@/ui/FormModal';
import { rolesQuery } from './queries';
import { useRoleName } from './useRoleName';

/** A person who may sign in; without one it makes a new one. */
export function AgentModal({ agent, onClose }: { agent: Agent | null; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const roleName = useRoleName();
  const roles = useQuery(rolesQuery).data?.items ?? [];
  const [draft, setDraft] = useState({ id: agent?.id ?? '', name: agent?.name ?? '', role: agent?.role ?? 'agent', password: '' });
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const { id, password, ...told } = draft;
  const mine = { ...agent, ...told, name: draft.name || id, ...(password && { password }) };
  const save = useSave<Agent>({
    etag: null,
    save: () => send<Agent>(path`/agents/${id}`, { method: 'PUT', body: mine }),
    read: () => Promise.reject(new Error()),
    onSaved: () => {
      void client.invalidateQueries({ queryKey: ['agents'] });
      onClose();
    },
  });
  const labels = { '/id': t('people.id'), '/name': t('people.name'), '/role': t('people.role'), '/password': t('signIn.password') };
  return (
    <FormModal
      title={agent ? <bdi>{agent.name}</bdi> : t('people.add')}
      ready={id.trim() !== '' && (agent !== null || password !== '')}
      save={save}
      mine={mine}
      labels={labels}
      onTake={() => {}}
      onClose={onClose}
      testId="agent-save"
    >
      {!agent && (
        <TextInput
          label={t('people.id')}
          required
          dir="ltr"
          autoComplete="off"
          value={id}
          onChange={(event) => change({ id: event.currentTarget.value })}
          error={save.mistake('/id')}
          data-autofocus
          data-testid="agent-id"
        />
      )}
      <TextInput
        label={t('people.name')}
        dir="auto"
        value={draft.name}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={save.mistake('/name')}
        data-testid="agent-name"
      />
      <Select
        label={t('people.role')}
        allowDeselect={false}
        value={draft.role}
        onChange={(role) => role && change({ role })}
        data={roles.map((role) => ({ value: role.id, label: roleName(role) }))}
        error={save.mistake('/role')}
        data-testid="agent-role"
      />
      <PasswordInput
        label={t('signIn.password')}
        description={agent ? t('people.passwordKeep') : t('me.passwordHint')}
        required={!agent}
        autoComplete="new-password"
        value={password}
        onChange={(event) => change({ password: event.currentTarget.value })}
        error={save.mistake('/password')}
        data-testid="agent-password"
      />
    </FormModal>
  );
}
