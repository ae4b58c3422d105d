import { Select, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send, tagOf } from '@/api/client';
import type { Agent } from '@/api/types';
import { useSave } from '@/api/useSave';
import { useI18n } from '@/i18n';
import { FormModal } from '@/ui/FormModal';
import { PasswordField } from '@/ui/PasswordField';
import { rolesQuery } from './queries';
import { useRoleName } from './useRoleName';

/** A person who may sign in; without one it makes a new one. */
export function AgentModal({ agent, onClose }: { agent: Agent | null; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const roleName = useRoleName();
  const roles = useQuery(rolesQuery).data?.items ?? [];
  const [draft, setDraft] = useState({ id: agent?.id ?? '', name: agent?.name ?? '', role: agent?.role ?? 'agent', password: '' });
  // What the form does not ask for stays as it was read.
  const [base, setBase] = useState(agent);
  const change = (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part }));
  const { id, password, ...told } = draft;
  const mine = { ...base, ...told, name: draft.name || id, ...(password && { password }) };
  const save = useSave<Agent>({
    etag: agent ? tagOf(agent.version) : null,
    save: (ifMatch) => send<Agent>(path`/agents/${id}`, { method: 'PUT', body: mine, ifMatch }),
    read: () => send<Agent>(path`/agents/${id}`),
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
      onTake={(theirs) => {
        setBase(theirs);
        setDraft({ id: theirs.id, name: theirs.name, role: theirs.role, password: '' });
      }}
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
      <PasswordField
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
