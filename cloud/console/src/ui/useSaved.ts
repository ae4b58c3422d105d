import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useI18n } from '@/i18n';

/** After a window's form was saved: says so, and has the queries whose keys begin with these words asked anew. */
export function useSaved(stale: string[]) {
  const client = useQueryClient();
  const { t } = useI18n();
  return () => {
    for (const key of stale) void client.invalidateQueries({ queryKey: [key] });
    notifications.show({ color: 'teal', message: t('form.saved'), closeButtonProps: { 'aria-label': t('action.close') } });
  };
}
