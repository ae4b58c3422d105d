import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send } from '@/api/client';
import { deviceQuery, modelQuery, twinQuery } from '@/api/queries';
import type { DeviceCommand, DeviceModel } from '@/api/types';
import { useI18n } from '@/i18n';
import { Loading, Problem } from '@/ui/states';
import { argumentsOf, ArgumentField, collect, type Draft } from './arguments';

/** Sends one of the model's commands, its arguments typed as the model says. */
export function CommandModal({ deviceId, opened, onClose }: { deviceId: string; opened: boolean; onClose: () => void }) {
  const { t } = useI18n();
  const device = useQuery(deviceQuery(deviceId)).data;
  const model = useQuery({ ...modelQuery(device?.model ?? ''), enabled: !!device && opened });
  return (
    <Modal opened={opened} onClose={onClose} title={t('case.command')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      {model.data ? (
        <CommandForm deviceId={deviceId} model={model.data} onClose={onClose} />
      ) : model.error ? (
        <Problem error={model.error} />
      ) : (
        <Loading rows={3} />
      )}
    </Modal>
  );
}

function CommandForm({ deviceId, model, onClose }: { deviceId: string; model: DeviceModel; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const connected = useQuery(twinQuery(deviceId)).data?.connected;
  const names = Object.keys(model.commands ?? {});
  const [name, setName] = useState(names[0] ?? '');
  const [draft, setDraft] = useState<Draft>({});
  const definition = model.commands?.[name];
  const fields = argumentsOf(definition);

  const order = useMutation({
    mutationFn: () =>
      send<DeviceCommand>(path`/devices/${deviceId}/commands`, {
        method: 'POST',
        body: { name, arguments: collect(fields, draft), timeoutSeconds: definition?.timeoutSeconds },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ['commands', deviceId] });
      notifications.show({ color: 'teal', message: t('command.sent', { name }) });
      onClose();
    },
  });

  if (names.length === 0) return <Text size="sm">{t('command.noneInModel')}</Text>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        order.mutate();
      }}
    >
      <Stack gap="sm">
        <Select
          label={t('command.choose')}
          data={names}
          value={name}
          onChange={(next) => {
            setName(next ?? '');
            setDraft({});
          }}
        />
        {fields.map((field) => (
          <ArgumentField key={field.name} field={field} value={draft[field.name]} onChange={(value) => setDraft({ ...draft, [field.name]: value })} />
        ))}
        {fields.length === 0 && (
          <Text size="sm" c="var(--dim)">
            {t('command.argumentsNone')}
          </Text>
        )}
        {connected === false && (
          <Alert color="yellow" variant="light" p="xs">
            {t('command.offline')}
          </Alert>
        )}
        {order.error && <Problem error={order.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={order.isPending} data-testid="command-send">
            {t('action.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
