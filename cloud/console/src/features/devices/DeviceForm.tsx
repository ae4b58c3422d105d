import { Alert, Code, Group, Modal, Select, Stack, TextInput, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send, type Versioned } from '@/api/client';
import { modelsQuery } from '@/api/lists';
import type { Device, DeviceStored } from '@/api/types';
import { useSave } from '@/api/useSave';
import { useI18n } from '@/i18n';
import { CopyText } from '@/ui/CopyText';
import { FormModal } from '@/ui/FormModal';
import { Picker } from '@/ui/Picker';
import { useSaved } from '@/ui/useSaved';

type Draft = Pick<Device, 'model' | 'name' | 'customerId' | 'siteId'>;

const draftOf = (device: Device | undefined): Draft => ({
  model: device?.model ?? '',
  name: device?.name ?? null,
  customerId: device?.customerId ?? null,
  siteId: device?.siteId ?? null,
});

/** Registers a device, or changes what is known of one. The secret of a new one is shown once, by `onRegistered`. */
export function DeviceForm({
  stored,
  onRegistered,
  onClose,
}: {
  stored?: Versioned<Device>;
  onRegistered?: (stored: DeviceStored) => void;
  onClose: () => void;
}) {
  const { t } = useI18n();
  const told = useSaved(['device', 'devices', 'deviceList', 'name']);
  const models = useQuery(modelsQuery).data?.items ?? [];
  const device = stored?.value;
  const [id, setId] = useState(device?.id ?? '');
  const [draft, setDraft] = useState(() => draftOf(device));
  const change = (part: Partial<Draft>) => setDraft((known) => ({ ...known, ...part }));
  const body = { ...draft, name: draft.name?.trim() || null };
  const address = path`/devices/${id.trim()}`;
  const save = useSave<Device, DeviceStored>({
    etag: stored?.etag ?? null,
    save: (ifMatch) => send<DeviceStored>(address, { method: 'PUT', body, ifMatch }),
    read: () => send<Device>(address),
    onSaved: (result) => {
      told();
      onClose();
      onRegistered?.(result);
    },
  });
  const labels = {
    '/id': t('device.id'),
    '/name': t('device.name'),
    '/model': t('device.model'),
    '/customerId': t('device.owner'),
    '/siteId': t('fence.site'),
  };
  return (
    <FormModal
      title={t(device ? 'device.edit' : 'device.create')}
      ready={id.trim() !== '' && draft.model !== ''}
      save={save}
      mine={body}
      labels={labels}
      onTake={(theirs) => setDraft(draftOf(theirs))}
      onClose={onClose}
      testId="device-save"
    >
      {!device && (
        <TextInput
          label={labels['/id']}
          description={t('device.idHint')}
          required
          dir="ltr"
          value={id}
          onChange={(event) => setId(event.currentTarget.value)}
          error={save.mistake('/id')}
          data-autofocus
          data-testid="device-id"
        />
      )}
      <TextInput
        label={labels['/name']}
        dir="auto"
        value={draft.name ?? ''}
        onChange={(event) => change({ name: event.currentTarget.value })}
        error={save.mistake('/name')}
        data-testid="device-name"
      />
      <Select
        label={labels['/model']}
        required
        searchable
        value={draft.model || null}
        onChange={(model) => change({ model: model ?? '' })}
        data={models.map((known) => ({ value: known.id, label: known.name }))}
        error={save.mistake('/model')}
        data-testid="device-model"
      />
      <Picker
        kind="customers"
        label={labels['/customerId']}
        clearable
        value={draft.customerId ?? null}
        onChange={(customerId) => change({ customerId })}
        error={save.mistake('/customerId')}
      />
      <Picker
        kind="sites"
        label={labels['/siteId']}
        clearable
        value={draft.siteId ?? null}
        onChange={(siteId) => change({ siteId })}
        error={save.mistake('/siteId')}
      />
    </FormModal>
  );
}

/** Shows a device's secret the one time that it can be shown; it closes only by saying so. */
export function SecretModal({ secret, onClose }: { secret: string; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Modal opened onClose={onClose} title={t('device.secret')} withCloseButton={false} closeOnClickOutside={false} closeOnEscape={false}>
      <Stack gap="sm">
        <Alert color="yellow" variant="light" p="xs">
          {t('device.secretOnce')}
        </Alert>
        <Code block dir="ltr" data-testid="device-secret">
          {secret}
        </Code>
        <Group justify="flex-end" gap="xs">
          <CopyText value={secret} />
          <Button onClick={onClose} data-testid="device-secret-done">
            {t('enrollment.keyDone')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
