import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useI18n } from '@/i18n';
import { Loading } from '@/ui/states';
import { whenInView } from './endInView';

interface LoadMoreProps {
  loading: boolean;
  /** When what stands above was last read: reading it anew takes back a page on its way. */
  readAtMs: number;
  onMore: () => void;
}

/** Loads the next page when it comes into view; a button for those who do not scroll. */
export function LoadMore({ loading, readAtMs, onMore }: LoadMoreProps) {
  const { t } = useI18n();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (loading || !end.current) return;
    // Looks anew after each page: what was in view before may have been pushed out by it.
    return whenInView(end.current, onMore);
  }, [loading, readAtMs, onMore]);
  return (
    <div ref={end}>
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
