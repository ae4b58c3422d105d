import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { alarmsQuery, caseTimelineQuery, timelineQuery } from '@/api/queries';
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
  const alarms = useOtherAlarms(item);
  const sources = useMemo(() => {
    const ownEntries = own.data?.pages.flatMap((page) => page.items) ?? [];
    const saidEntries = said.data?.pages.flatMap((page) => page.items) ?? [];
    return [
      { entries: ownEntries, loadedToMs: loadedToMs(ownEntries, own.hasNextPage) },
      otherMessages(item, saidEntries, said.hasNextPage),
      { entries: alarms, loadedToMs: -Infinity },
    ];
  }, [own.data, own.hasNextPage, said.data, said.hasNextPage, alarms, item]);
  const entries = useMemo(() => interleave(sources), [sources]);
  const next = nextOf(sources);
  const { fetchNextPage: moreOwn } = own;
  const { fetchNextPage: moreSaid } = said;
  const more = useCallback(() => void (next === 0 ? moreOwn() : moreSaid()), [next, moreOwn, moreSaid]);
  const here = useMemo(() => ({ caseId: item.id, deviceId: item.deviceId }), [item.id, item.deviceId]);
  return (
    <Panel title={t('case.timeline')} flush>
      {own.error && entries.length === 0 && <Problem error={own.error} onRetry={() => void own.refetch()} />}
      <TimelineList entries={entries} here={here} />
      {own.isPending && <Loading rows={3} />}
      {own.isSuccess && entries.length === 0 && <Empty title={t('timeline.empty')} />}
      {next >= 0 && <LoadMore loading={own.isFetchingNextPage || said.isFetchingNextPage} onMore={more} />}
    </Panel>
  );
}

function useOtherAlarms(item: Case) {
  const { t, span, code } = useI18n();
  const alarms = useQuery({ ...alarmsQuery({ deviceId: item.deviceId ?? '' }), enabled: item.deviceId !== null }).data?.items;
  return useMemo(() => {
    const lasted = (raisedAt: string, clearedAt: string) => t('alarm.lasted', { span: span(Date.parse(clearedAt) - Date.parse(raisedAt)) });
    const tell = ({ severity, raisedAt, clearedAt }: Alarm) =>
      `${code('severity', severity)} · ${clearedAt ? lasted(raisedAt, clearedAt) : t('alarm.active')}`;
    return otherAlarms(item, alarms ?? [], tell);
  }, [item, alarms, t, span, code]);
}
