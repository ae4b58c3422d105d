import { notifications } from '@mantine/notifications';
import { useMutation } from '@tanstack/react-query';
import { path, send } from '@/api/client';
import { useI18n } from '@/i18n';
import { explain } from '@/ui/states';

/** Writes a note on a customer's timeline; the stream shows it. */
export function useAddNote(customerId: string) {
  const i18n = useI18n();
  return useMutation({
    mutationFn: (text: string) =>
      send<unknown>(path`/customers/${customerId}/timeline`, {
        method: 'POST',
        body: { kind: 'note.added', direction: 'internal', title: i18n.t('kind.note.added'), text },
      }),
    onError: (error) => notifications.show({ color: 'red', title: i18n.t('error.title'), message: explain(error, i18n) }),
  });
}
