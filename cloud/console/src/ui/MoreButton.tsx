import { Button } from '@mantine/core';
import { useI18n } from '@/i18n';

/** Below a list beside others: the next page comes when it is asked for, so that what stands below stays in reach. */
export function MoreButton({ loading = false, onMore }: { loading?: boolean; onMore: () => void }) {
  const { t } = useI18n();
  return (
    <Button variant="subtle" fullWidth loading={loading} onClick={onMore} data-testid="more">
      {t('action.more')}
    </Button>
  );
}
