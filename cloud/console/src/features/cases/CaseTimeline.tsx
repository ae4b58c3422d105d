import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { alarmListQuery, useList } from '@/api/lists';
import { caseTimelineQuery, timelineQuery } from '@/api/queries';
import type { Alarm, Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { LoadMore } from '@/ui/LoadMore';
import { Panel } from '@/ui/Panel';
import { Empty, Loading, Problem } from '@/ui/states';
import { kindsOf } from '../timeline/kinds';
import { TimelineList } from '../timeline/TimelineList';
import { interleave, loadedToMs, nextOf, otherAlarms, otherMessages } from './story';

/** What happened in a case, with the earlier alarms of its device and the words of its customer between. */
export function CaseTimeline({ item }: { item: Case }) {
  const { t } = useI18n();
  const own = useInfiniteQuery(caseTimelineQuery(item.id));
  const said = useInfiniteQuery({
    ...timelineQuery(item.customerId ?? '', { kinds: kindsOf('messages') }),
    enabled: item.customerId !== null,
  });
  const alarms = useList(alarmListQuery({ deviceId: item.deviceId ?? '' }), { enabled: item.deviceId !== null });
  const tell = useTell();
  const sources = useMemo(() => {
    const ownEntries = own.data?.pages.flatMap((page) => page.items) ?? [];
    const saidEntries = said.data?.pages.flatMap((page) => page.items) ?? [];
    return [
      { entries: ownEntries, loadedToMs: loadedToMs(ownEntries, own.hasNextPage) },
      otherMessages(item, saidEntries, said.hasNextPage),
      otherAlarms(item, alarms.items, alarms.hasMore, tell),
    ];
  }, [own.data, own.hasNextPage, said.data, said.hasNextPage, alarms.items, alarms.hasMore, tell, item]);
  const entries = useMemo(() => interleave(sources), [sources]);
  const next = nextOf(sources);
  const { fetchNextPage: moreOwn } = own;
  const { fetchNextPage: moreSaid } = said;
  const { more: moreAlarms } = alarms;
  const more = useCallback(() => void [moreOwn, moreSaid, moreAlarms][next]?.(), [next, moreOwn, moreSaid, moreAlarms]);
  const here = useMemo(() => ({ caseId: item.id, deviceId: item.deviceId }), [item.id, item.deviceId]);
  return (
    <Panel title={t('case.timeline')} flush>
      {own.error && entries.length === 0 && <Problem error={own.error} onRetry={() => void own.refetch()} />}
      <TimelineList entries={entries} here={here} />
      {own.isPending && <Loading rows={3} />}
      {own.isSuccess && entries.length === 0 && <Empty title={t('timeline.empty')} />}
      {next >= 0 && (
        <LoadMore
          loading={own.isFetchingNextPage || said.isFetchingNextPage || alarms.loadingMore}
          readAtMs={Math.max(own.dataUpdatedAt, said.dataUpdatedAt, alarms.readAtMs)}
          onMore={more}
        />
      )}
    </Panel>
  );
}

/** What became of an alarm. */
function useTell() {
  const { t, span, code } = useI18n();
  return useCallback(
    ({ severity, raisedAt, clearedAt }: Alarm) => {
      const lasted = clearedAt && t('alarm.lasted', { span: span(Date.parse(clearedAt) - Date.parse(raisedAt)) });
      return `${code('severity', severity)} · ${lasted ?? t('alarm.active')}`;
    },
    [t, span, code],
  );
}
