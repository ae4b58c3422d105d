import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { alarmListQuery, useList } from '@/api/lists';
import { alarmQuery } from '@/api/queries';
import type { Alarm, Case } from '@/api/types';

/** The alarms that a case answers, the newest first. One that went on to another owner's case names that one, and is asked for alone. */
export function useCaseAlarms(item: Case) {
  const list = useList(alarmListQuery({ caseId: item.id }));
  const missing = useMemo(() => {
    const known = new Set(list.items.map((alarm) => alarm.id));
    return list.hasMore || list.pending ? [] : item.alarmIds.filter((id) => !known.has(id));
  }, [list.items, list.hasMore, list.pending, item.alarmIds]);
  const others = useQueries({ queries: missing.map(alarmQuery), combine: foundOf });
  const alarms = useMemo(() => [...list.items, ...others], [list.items, others]);
  return { ...list, alarms };
}

const foundOf = (results: { data?: Alarm }[]) => results.flatMap(({ data }) => (data ? [data] : []));
