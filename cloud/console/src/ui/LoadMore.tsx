import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useI18n } from '@/i18n';
import { Loading } from '@/ui/states';

interface LoadMoreProps {
  loading: boolean;
  /** When what stands above was last read, of a list that is read anew by itself: that takes back a page on its way. */
  readAtMs?: number;
  onMore: () => void;
}

/** Loads the next page when it comes into view; a button for those who do not scroll. */
export function LoadMore({ loading, readAtMs, onMore }: LoadMoreProps) {
  const { t } = useI18n();
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (loading || !end.current) return;
    // Looks anew after each page: what was in view before may have been pushed out by it.
    // A page that is busy is told of several changes at once: only the last of them is still true.
    const observer = new IntersectionObserver((changes) => changes.at(-1)?.isIntersecting && onMore(), { rootMargin: '300px' });
    observer.observe(end.current);
    return () => observer.disconnect();
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
