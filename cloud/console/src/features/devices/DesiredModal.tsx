import { Button, Group, JsonInput, Modal, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { path, send } from '@/api/client';
import type { Twin } from '@/api/types';
import { useI18n } from '@/i18n';
import { Problem } from '@/ui/states';
import { readPatch } from './patch';

/** Changes the desired properties by a JSON merge patch (RFC 7396). */
export function DesiredModal({ twin, opened, onClose }: { twin: Twin; opened: boolean; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [text, setText] = useState('{\n  \n}');
  const read = readPatch(text);

  const change = useMutation({
    mutationFn: (patch: Record<string, unknown>) =>
      send<{ version?: number }>(path`/devices/${twin.deviceId}/twin/desired`, {
        method: 'PATCH',
        body: patch,
        contentType: 'application/merge-patch+json',
      }),
    onSuccess: ({ value }) => {
      void client.invalidateQueries({ queryKey: ['twin', twin.deviceId] });
      notifications.show({ color: 'teal', message: t('device.desiredSaved', { version: value?.version ?? '' }) });
      onClose();
    },
  });

  return (
    <Modal opened={opened} onClose={onClose} title={t('device.desiredEdit')} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap="sm">
        <Text size="sm" c="var(--dim)">
          {t('device.desiredHint')}
        </Text>
        <JsonInput
          aria-label={t('device.desired')}
          dir="ltr"
          value={text}
          onChange={setText}
          autosize
          minRows={5}
          maxRows={16}
          formatOnBlur
          error={read.ok ? null : t('device.desiredInvalid', { message: read.message })}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          data-autofocus
          data-testid="desired-text"
        />
        {change.error && <Problem error={change.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button disabled={!read.ok} loading={change.isPending} onClick={() => read.ok && change.mutate(read.patch)} data-testid="desired-save">
            {t('action.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
