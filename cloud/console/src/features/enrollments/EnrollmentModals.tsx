import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { path, send } from '@/api/client';
import { useI18n } from '@/i18n';
import { Confirm } from '@/ui/Confirm';
import { OnceModal } from '@/ui/OnceModal';

/** Shows an enrolment's key the one time that it can be shown. */
export function KeyModal({ enrollmentKey, onClose }: { enrollmentKey: string; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <OnceModal
      title={t('enrollment.key')}
      hint={t('enrollment.keyOnce')}
      value={enrollmentKey}
      onClose={onClose}
      testId="enrollment-key"
    />
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
