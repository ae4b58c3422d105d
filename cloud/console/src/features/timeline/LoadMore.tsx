import { Button } from '@mantine/core';
import { useIntersection } from '@mantine/hooks';
import { useEffect } from 'react';
import { useI18n } from '@/i18n';
import { Loading } from '@/ui/states';

/** Loads the next page when it comes into view; a button for those who do not scroll. */
export function LoadMore({ loading, onMore }: { loading: boolean; onMore: () => void }) {
  const { t } = useI18n();
  const { ref, entry } = useIntersection({ rootMargin: '300px' });
  const visible = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (visible && !loading) onMore();
  }, [visible, loading, onMore]);
  return (
    <div ref={ref}>
      {loading ? (
        <Loading rows={3} />
      ) : (
        <Button variant="subtle" fullWidth onClick={onMore}>
          {t('action.more')}
        </Button>
      )}
    </div>
  );
}
