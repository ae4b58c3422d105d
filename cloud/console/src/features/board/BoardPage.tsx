import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { agentsQuery, queuesQuery } from '@/api/queries';
import { reportFile, reportRowsQuery, type ReportRow, type ReportSpan } from '@/api/reports';
import { may } from '@/api/rights';
import { useI18n } from '@/i18n';
import { useNow } from '@/lib/useNow';
import { PageHead, Panel } from '@/ui/Panel';
import { Loading, QueryView } from '@/ui/states';
import { Tile, Tiles } from '@/ui/Tile';
import classes from './board.module.css';
import { RepairFunnel } from './RepairFunnel';
import { spansOf } from './spans';

/** What a supervisor looks at: how much comes, how long it waits, who works on it; today, beside the same time a week ago. */
export function BoardPage() {
  const { t } = useI18n();
  const now = useNow();
  const quarter = Math.floor(now / 900_000);
  const { today, before } = useMemo(() => spansOf(now), [quarter]);
  return (
    <div className="page">
      <PageHead title={t('board.title')} lead={t('board.lead')} />
      <div className={classes.stack}>
        <Today today={today} before={before} />
        <Queues span={today} />
        <Rows name="channels" of="channel" span={today} />
        {may('readPeople') && <Rows name="agents" of="agent" span={today} />}
        <RepairFunnel />
      </div>
    </div>
  );
}

function Today({ today, before }: { today: ReportSpan; before: ReportSpan }) {
  const { t, number } = useI18n();
  const now = useQuery(reportRowsQuery('queues', { ...today, by: 'all' }));
  const then = useQuery(reportRowsQuery('queues', { ...before, by: 'all' }));
  const show = useMeasures();
  return (
    <QueryView query={now} loading={<Loading rows={2} height={60} />}>
      {({ items: [row] }) => (
        <Tiles>
          {tiles.map(({ key, kind }) => (
            <Tile
              key={key}
              name={t(`board.${key}`)}
              value={row ? show(row[key], kind) : number(0)}
              note={t('board.lastWeek', { value: show(then.data?.items[0]?.[key] ?? null, kind) })}
            />
          ))}
        </Tiles>
      )}
    </QueryView>
  );
}

type Kind = 'count' | 'seconds' | 'share';

const tiles = [
  { key: 'contacts', kind: 'count' },
  { key: 'waitSecondsP90', kind: 'seconds' },
  { key: 'abandoned', kind: 'count' },
  { key: 'opened', kind: 'count' },
  { key: 'closed', kind: 'count' },
  { key: 'breached', kind: 'count' },
  { key: 'firstContactResolution', kind: 'share' },
  { key: 'csat', kind: 'count' },
] as const satisfies { key: keyof ReportRow; kind: Kind }[];

const columns = [
  { key: 'contacts', kind: 'count' },
  { key: 'waitSecondsP50', kind: 'seconds' },
  { key: 'waitSecondsP90', kind: 'seconds' },
  { key: 'closed', kind: 'count' },
  { key: 'closedPerAgentHour', kind: 'count' },
  { key: 'firstContactResolution', kind: 'share' },
  { key: 'breached', kind: 'count' },
  { key: 'csat', kind: 'count' },
] as const satisfies { key: keyof ReportRow; kind: Kind }[];

/** How a measure is written; a dash where nothing was measured. */
function useMeasures() {
  const { number, span } = useI18n();
  return (value: number | null, kind: Kind) =>
    value === null
      ? '–'
      : kind === 'seconds'
        ? span(value * 1000)
        : kind === 'share'
          ? number(value, { style: 'percent', maximumFractionDigits: 0 })
          : number(value, { maximumFractionDigits: 1 });
}

/** The queues as they stand now. */
function Queues({ span }: { span: ReportSpan }) {
  const { t, number, span: lasting } = useI18n();
  const query = useQuery({ ...queuesQuery, refetchInterval: 10_000 });
  return (
    <Panel title={t('board.queues')} actions={<File name="queues" span={span} />} flush>
      <QueryView query={query} loading={<Loading rows={3} />}>
        {({ items: queues }) => (
          <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('board.queues')}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t('board.queue')}</th>
                  <th scope="col">{t('board.waiting')}</th>
                  <th scope="col">{t('board.oldest')}</th>
                  <th scope="col">{t('board.available')}</th>
                </tr>
              </thead>
              <tbody>
                {queues.map((queue) => (
                  <tr key={queue.id} data-testid="board-queue">
                    <th scope="row">
                      <Link to="/conversations" search={{ queue: queue.id, status: 'open' }}>
                        <bdi>{queue.name}</bdi>
                      </Link>
                    </th>
                    <td>{number(queue.waiting)}</td>
                    <td>{queue.waiting ? lasting(queue.oldestWaitSeconds * 1000) : '–'}</td>
                    <td>{number(queue.available)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {queues.length === 0 && <p className={classes.none}>{t('board.noQueues')}</p>}
          </div>
        )}
      </QueryView>
    </Panel>
  );
}

/** A report of today, a row for each channel or agent. */
function Rows({ name, of, span }: { name: 'channels' | 'agents'; of: 'channel' | 'agent'; span: ReportSpan }) {
  const { t, code } = useI18n();
  const query = useQuery(reportRowsQuery(name, span));
  const agents = useQuery({ ...agentsQuery, enabled: of === 'agent' }).data?.items;
  const show = useMeasures();
  const nameOf = (id: string) => (of === 'agent' ? (agents?.find((agent) => agent.id === id)?.name ?? id) : code('channel', id));
  const searchOf = (id: string) => (of === 'agent' ? { assignee: id, status: 'open' as const } : { channel: id, status: 'open' as const });
  return (
    <Panel title={t(`board.${name}`)} actions={<File name={name} span={span} />} flush>
      <QueryView query={query} loading={<Loading rows={3} />}>
        {({ items }) => (
          <div className={classes.scroll} tabIndex={0} role="group" aria-label={t(`board.${name}`)}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t(`board.${of}`)}</th>
                  {columns.map(({ key }) => (
                    <th key={key} scope="col">
                      {t(`board.${key}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {items.map((row) => (
                  <tr key={row[of]} data-testid={`board-${of}`}>
                    <th scope="row">
                      <Link to="/conversations" search={searchOf(row[of]!)}>
                        <bdi>{nameOf(row[of]!)}</bdi>
                      </Link>
                    </th>
                    {columns.map(({ key, kind }) => (
                      <td key={key}>{show(row[key], kind)}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
            {items.length === 0 && <p className={classes.none}>{t('board.none')}</p>}
          </div>
        )}
      </QueryView>
    </Panel>
  );
}

function File({ name, span }: { name: string; span: ReportSpan }) {
  const { t } = useI18n();
  return (
    <Button
      component="a"
      variant="default"
      size="xs"
      href={reportFile(name, span)}
      download={`${name}.csv`}
      leftSection={<IconDownload size={14} aria-hidden />}
      aria-label={t('board.fileOf', { name: t(`board.${name as 'queues' | 'channels' | 'agents'}`) })}
    >
      CSV
    </Button>
  );
}
