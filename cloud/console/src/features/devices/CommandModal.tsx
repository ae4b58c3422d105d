import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send } from '@/api/client';
import { commandListKey } from '@/api/lists';
import { deviceQuery, modelQuery, twinQuery } from '@/api/queries';
import type { DeviceModel } from '@/api/documents';
import type { DeviceCommand } from '@/api/types';
import { useI18n } from '@/i18n';
import { Loading, Problem } from '@/ui/states';
import { argumentsOf, ArgumentField, collect, type Draft } from './arguments';
import { asksFirst } from './asking';

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
  const [name, setName] = useState<string | null>(null);
  const [draft, setDraft] = useState<Draft>({});
  const [asking, setAsking] = useState(false);
  const definition = name === null ? undefined : model.commands?.[name];
  const fields = argumentsOf(definition);

  const order = useMutation({
    mutationFn: () =>
      send<DeviceCommand>(path`/devices/${deviceId}/commands`, {
        method: 'POST',
        body: { name, arguments: collect(fields, draft), timeoutSeconds: definition?.timeoutSeconds },
      }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: commandListKey(deviceId) });
      notifications.show({ color: 'teal', message: t('command.sent', { name: name ?? '' }) });
      onClose();
    },
  });

  if (names.length === 0) return <Text size="sm">{t('command.noneInModel')}</Text>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name === null) return;
        if (asksFirst(name, definition) && !asking) setAsking(true);
        else order.mutate();
      }}
    >
      <Stack gap="sm">
        <Select
          label={t('command.choose')}
          placeholder={t('command.choosePlaceholder')}
          data={names}
          value={name}
          onChange={(next) => {
            setName(next);
            setDraft({});
            setAsking(false);
          }}
          data-testid="command-name"
        />
        {fields.map((field) => (
          <ArgumentField
            key={field.name}
            field={field}
            value={draft[field.name]}
            onChange={(value) => setDraft({ ...draft, [field.name]: value })}
          />
        ))}
        {name !== null && fields.length === 0 && (
          <Text size="sm" c="var(--dim)">
            {t('command.argumentsNone')}
          </Text>
        )}
        {connected === false && (
          <Alert color="yellow" variant="light" p="xs">
            {t('command.offline')}
          </Alert>
        )}
        {asking && (
          <Alert color="red" variant="light" p="xs" role="alert">
            {t('command.confirm', { name: name ?? '' })}
          </Alert>
        )}
        {order.error && <Problem error={order.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          {asking ? (
            <Button key="confirm" type="submit" color="red" loading={order.isPending} data-testid="command-confirm">
              {t('command.confirmed')}
            </Button>
          ) : (
            <Button key="send" type="submit" loading={order.isPending} disabled={name === null} data-testid="command-send">
              {t('action.send')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  );
}
