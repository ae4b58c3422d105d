import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { journeyQuery, type TimelineFilter } from '@/api/queries';
import { useI18n } from '@/i18n';
import { titleOf } from '@/sentences/sentences';
import { Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { lookOf } from '../timeline/kinds';
import { pathOf, zooms, type Zoom } from './path';
import classes from './journey.module.css';

const laneHeight = 26;
const dayMs = 86_400_000;

/** The customer's way as one line over the channels: what it touches is what the timeline below tells. */
export function Journey({ customerId, filter }: { customerId: string; filter: TimelineFilter }) {
  const { t } = useI18n();
  const [zoom, setZoom] = useState<Zoom>('month');
  const query = useQuery(journeyQuery(customerId, filter));
  return (
    <Panel
      title={t('journey.title')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('journey.zoom')}
          value={zoom}
          onChange={(value) => setZoom(value as Zoom)}
          data={(Object.keys(zooms) as Zoom[]).map((value) => ({ value, label: t(`journey.${value}`) }))}
        />
      }
    >
      <QueryView query={query} loading={<Loading rows={2} />}>
        {(page) => <Way entries={page.items} days={zooms[zoom]} readAtMs={query.dataUpdatedAt} />}
      </QueryView>
    </Panel>
  );
}

type Entries = Parameters<typeof pathOf>[0];

function Way({ entries, days, readAtMs }: { entries: Entries; days: number; readAtMs: number }) {
  const i18n = useI18n();
  const { t, code, day, dateTime } = i18n;
  const [from, to] = [readAtMs - days * dayMs, readAtMs];
  const { lanes, stops } = useMemo(() => pathOf(entries, from, to), [entries, from, to]);
  if (stops.length === 0) return <p className={classes.none}>{t('journey.none')}</p>;
  const y = (lane: number) => lane * laneHeight + laneHeight / 2;
  return (
    <div className={classes.way} data-testid="journey">
      <ul className={classes.lanes}>
        {lanes.map((lane) => (
          <li key={lane} style={{ height: laneHeight }}>
            {code('channel', lane)}
          </li>
        ))}
      </ul>
      <div className={`ltr ${classes.plot}`}>
        <svg height={lanes.length * laneHeight} role="img" aria-label={t('journey.title')}>
          {stops.slice(1).map((stop, i) => {
            const before = stops[i]!;
            return (
              <line key={stop.entry.id} x1={percent(before.x)} y1={y(before.lane)} x2={percent(stop.x)} y2={y(stop.lane)} className={classes.line} />
            );
          })}
          {stops.map(({ entry, x, lane }) => (
            <circle key={entry.id} cx={percent(x)} cy={y(lane)} r={5} fill={`var(--${lookOf(entry.kind).tone})`}>
              <title>{`${dateTime(entry.at)} ${titleOf(entry, i18n)}`}</title>
            </circle>
          ))}
        </svg>
        <div className={classes.ends}>
          <span>{day(from)}</span>
          <span>{day(to)}</span>
        </div>
      </div>
    </div>
  );
}

/** With room for half a dot at both ends. */
const percent = (x: number) => `${1 + x * 98}%`;
