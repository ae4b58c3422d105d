import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { caseTimelineQuery } from '@/api/queries';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { Empty, Loading, Problem } from '@/ui/states';
import { LoadMore } from '../timeline/LoadMore';
import { TimelineList } from '../timeline/TimelineList';

/** The case's own part of the timeline, also when its device has no owner. */
export function CaseTimeline({ caseId }: { caseId: string }) {
  const { t } = useI18n();
  const query = useInfiniteQuery(caseTimelineQuery(caseId));
  const entries = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { fetchNextPage } = query;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  return (
    <Panel title={t('case.timeline')} flush>
      {query.error && entries.length === 0 && <Problem error={query.error} onRetry={() => void query.refetch()} />}
      <TimelineList entries={entries} hereCaseId={caseId} />
      {query.isPending && <Loading rows={3} />}
      {query.isSuccess && entries.length === 0 && <Empty title={t('timeline.empty')} />}
      {query.hasNextPage && <LoadMore loading={query.isFetchingNextPage} onMore={more} />}
    </Panel>
  );
}
