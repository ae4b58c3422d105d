import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { path, send } from '@/api/client';
import { useI18n } from '@/i18n';
import { CopyText } from '@/ui/CopyText';
import { Problem } from '@/ui/states';

/** Shows a key the one time that it can be shown; it closes only by saying so. */
export function KeyModal({ enrollmentKey, onClose }: { enrollmentKey: string; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Modal opened onClose={onClose} title={t('enrollment.key')} withCloseButton={false} closeOnClickOutside={false} closeOnEscape={false}>
      <Stack gap="sm">
        <Alert color="yellow" variant="light" p="xs">
          {t('enrollment.keyOnce')}
        </Alert>
        <TextInput
          aria-label={t('enrollment.key')}
          readOnly
          dir="ltr"
          value={enrollmentKey}
          onFocus={(event) => event.currentTarget.select()}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          data-autofocus
          data-testid="enrollment-key"
        />
        <Group justify="flex-end" gap="xs">
          <CopyText value={enrollmentKey} />
          <Button onClick={onClose} data-testid="enrollment-key-done">
            {t('enrollment.keyDone')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Gives a new key once that was confirmed, and shows it. */
export function NewKeyModal({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: async () => (await send<{ key: string }>(path`/enrollments/${id}/key`, { method: 'POST' })).value.key,
    onSuccess: () => client.invalidateQueries({ queryKey: ['enrollment', id] }),
  });
  if (change.data) return <KeyModal enrollmentKey={change.data} onClose={onClose} />;
  return (
    <Confirm
      title={t('enrollment.newKey')}
      hint={t('enrollment.newKeyHint')}
      pending={change.isPending}
      error={change.error}
      onConfirm={() => change.mutate()}
      onClose={onClose}
      testId="enrollment-new-key-confirm"
    />
  );
}

/** Revokes once that was confirmed, and goes back to the list. */
export function RevokeModal({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const navigate = useNavigate();
  const revoke = useMutation({
    mutationFn: () => send(path`/enrollments/${id}`, { method: 'DELETE' }),
    onSuccess: async () => {
      notifications.show({ color: 'teal', message: t('enrollment.revoked') });
      await navigate({ to: '/enrollments' });
      client.removeQueries({ queryKey: ['enrollment', id] });
      void client.invalidateQueries({ queryKey: ['enrollmentList'] });
    },
  });
  return (
    <Confirm
      title={t('enrollment.revoke')}
      hint={t('enrollment.revokeHint')}
      pending={revoke.isPending}
      error={revoke.error}
      onConfirm={() => revoke.mutate()}
      onClose={onClose}
      testId="enrollment-revoke-confirm"
    />
  );
}

function Confirm(props: {
  title: string;
  hint: string;
  pending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
  testId: string;
}) {
  const { title, hint, pending, error, onConfirm, onClose, testId } = props;
  const { t } = useI18n();
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack gap="sm">
        <Text size="sm">{hint}</Text>
        {error ? <Problem error={error} /> : null}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button color="red" loading={pending} onClick={onConfirm} data-testid={testId}>
            {title}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
