import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { send } from '@/api/client';
import type { ApiKey } from '@/api/types';
import { useSave } from '@/api/useSave';
import { RightsField } from '@/features/people/RightsField';
import { useI18n } from '@/i18n';
import { FormModal } from '@/ui/FormModal';

/** What a new key is for, may do, and until when. */
export function KeyForm({ onClose, onMade }: { onClose: () => void; onMade: (key: string) => void }) {
  const { t } = useI18n();
  const [name, setName] = useState('');
  const [rights, setRights] = useState<string[]>([]);
  const [expires, setExpires] = useState('');
  const mine = { name, rights, expiresAt: expires ? new Date(expires).toISOString() : null };
  const save = useSave<ApiKey>({
    etag: null,
    save: () => send<ApiKey>('/api-keys', { method: 'POST', body: mine }),
    read: () => Promise.reject(new Error()),
    onSaved: ({ key }) => onMade(key!),
  });
  return (
    <FormModal
      title={t('keys.add')}
      ready={name.trim() !== '' && rights.length > 0}
      save={save}
      mine={mine}
      labels={{ '/name': t('keys.name'), '/rights': t('roles.rights'), '/expiresAt': t('keys.expires') }}
      onTake={() => {}}
      onClose={onClose}
      testId="key-save"
    >
      <TextInput
        label={t('keys.name')}
        required
        dir="auto"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={save.mistake('/name')}
        data-autofocus
        data-testid="key-name"
      />
      <TextInput
        type="datetime-local"
        label={t('keys.expires')}
        value={expires}
        onChange={(event) => setExpires(event.currentTarget.value)}
        error={save.mistake('/expiresAt')}
      />
      <RightsField value={rights} onChange={setRights} error={save.mistake('/rights')} />
    </FormModal>
  );
}
