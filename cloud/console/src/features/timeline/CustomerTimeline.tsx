import { SegmentedControl, Select } from '@mantine/core';
import { IconTimeline } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { timelineQuery } from '@/api/queries';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { Empty, Loading, Problem } from '@/ui/states';
import { groups, kindsOf } from './kinds';
import { LoadMore } from '@/ui/LoadMore';
import { TimelineList } from './TimelineList';
import classes from './timeline.module.css';

/** The page's filter as its address tells it. */
export interface TimelineView {
  group?: string;
  channel?: string;
}

/** One story of everything that happened with a customer, newest first, older pages as one scrolls. */
export function CustomerTimeline(props: { customerId: string; filter: TimelineView; onFilter: (filter: TimelineView) => void }) {
  const { customerId, filter, onFilter } = props;
  const { t } = useI18n();
  const query = useInfiniteQuery(timelineQuery(customerId, { kinds: kindsOf(filter.group), channel: filter.channel }));
  const entries = useMemo(() => query.data?.pages.flatMap((page) => page.items) ?? [], [query.data]);
  const { fetchNextPage } = query;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  return (
    <Panel title={t('timeline.title')} actions={<Filters filter={filter} onFilter={onFilter} />} flush>
      <div className={classes.scroll}>
        {query.isPending ? (
          <Loading rows={10} />
        ) : query.error && entries.length === 0 ? (
          <Problem error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <TimelineList entries={entries} />
        )}
        {!query.isPending && entries.length === 0 && !query.hasNextPage && (
          <Empty icon={<IconTimeline size={40} stroke={1.3} aria-hidden />} title={t('timeline.empty')} />
        )}
        {query.hasNextPage && <LoadMore loading={query.isFetchingNextPage} readAtMs={query.dataUpdatedAt} onMore={more} />}
        {!query.isPending && !query.hasNextPage && entries.length > 0 && <p className={classes.end}>{t('timeline.end')}</p>}
      </div>
    </Panel>
  );
}

const channels = ['device', 'console', 'app', 'place', 'webchat', 'email', 'sms', 'voice', 'whatsapp', 'telegram', 'api'];

function Filters(props: { filter: TimelineView; onFilter: (filter: TimelineView) => void }) {
  const { filter, onFilter } = props;
  const { t, code } = useI18n();
  return (
    <>
      <SegmentedControl
        className={classes.filter}
        aria-label={t('timeline.kind')}
        value={filter.group ?? ''}
        onChange={(group) => onFilter({ ...filter, group: group || undefined })}
        data={[{ value: '', label: t('timeline.all') }, ...groups.map((group) => ({ value: group, label: t(`timeline.group.${group}`) }))]}
      />
      <Select
        size="xs"
        w={132}
        aria-label={t('timeline.channel')}
        placeholder={t('timeline.allChannels')}
        clearable
        value={filter.channel ?? null}
        onChange={(channel) => onFilter({ ...filter, channel: channel ?? undefined })}
        data={channels.map((value) => ({ value, label: code('channel', value) }))}
      />
    </>
  );
}
