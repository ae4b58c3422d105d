import { Button } from '@mantine/core';
import { IconExternalLink, IconServer2 } from '@tabler/icons-react';
import { may } from '@/api/rights';
import { useI18n } from '@/i18n';
import { useNow } from '@/lib/useNow';
import { PageHead, Panel } from '@/ui/Panel';
import { Empty, Loading, Problem, QueryView } from '@/ui/states';
import { Tile, Tiles } from '@/ui/Tile';
import classes from './cluster.module.css';
import { ProcessTable } from './ProcessTable';
import { totalsOf } from './processes';
import type { Cluster, ClusterProcess } from '@/api/types';
import { useCluster } from './useCluster';

/** The processes that run the platform, as they are now. */
export function ClusterPage() {
  const { t } = useI18n();
  const query = useCluster();
  return (
    <div className="page">
      <PageHead
        title={t('cluster.title')}
        lead={query.data && <Lead cluster={query.data} />}
        actions={query.data?.dashboard && may('administer') && <DashboardLink path={query.data.dashboard} />}
      />
      <div className={classes.stack}>
        {query.data && query.error && <Stale error={query.error} asOfMs={query.dataUpdatedAt} onRetry={() => void query.refetch()} />}
        <QueryView query={query} loading={<Loading rows={5} height={44} />}>
          {({ processes }) => <Processes processes={processes} />}
        </QueryView>
      </div>
    </div>
  );
}

/** A process that is alone needs no name for its cluster. */
function Lead({ cluster: { id, processes } }: { cluster: Cluster }) {
  const { t } = useI18n();
  const isAlone = processes.length === 1 && processes[0]!.state === 'active';
  return isAlone ? <span>{t('cluster.alone')}</span> : <span className="mono ltr">{id}</span>;
}

/** Not a page of the console: the browser asks for the password itself. */
function DashboardLink({ path }: { path: string }) {
  const { t } = useI18n();
  return (
    <Button
      component="a"
      href={path}
      target="_blank"
      rel="noopener"
      variant="default"
      leftSection={<IconExternalLink size={15} aria-hidden />}
      data-testid="orleans-dashboard"
    >
      {t('cluster.dashboard')}
    </Button>
  );
}

/** What is shown has not been confirmed for a while, and why. */
function Stale({ error, asOfMs, onRetry }: { error: Error; asOfMs: number; onRetry: () => void }) {
  const { t, span } = useI18n();
  const now = useNow();
  return (
    <div>
      <Problem error={error} onRetry={onRetry} />
      <p className={classes.asOf}>{t('cluster.asOf', { span: span(now - asOfMs) })}</p>
    </div>
  );
}

function Processes({ processes }: { processes: ClusterProcess[] }) {
  const { t } = useI18n();
  if (processes.length === 0) {
    return <Empty icon={<IconServer2 size={44} stroke={1.3} aria-hidden />} title={t('cluster.empty')} hint={t('cluster.emptyHint')} />;
  }
  return (
    <>
      <Summary processes={processes} />
      <Panel title={t('cluster.processes')} flush>
        <ProcessTable processes={processes} />
      </Panel>
    </>
  );
}

function Summary({ processes }: { processes: ClusterProcess[] }) {
  const { t, number } = useI18n();
  const totals = totalsOf(processes);
  return (
    <Tiles>
      <Tile
        name={t('cluster.active')}
        value={number(totals.active)}
        note={totals.lost > 0 && <span className={classes.trouble}>{t('cluster.lostCount', { count: totals.lost })}</span>}
      />
      <Tile name={t('system.connections')} value={number(totals.connections)} />
      <Tile name={t('cluster.grains')} value={number(totals.grains)} />
      <Tile name={t('cluster.rate')} value={number(totals.messagesPerSecond, { maximumFractionDigits: 1 })} />
    </Tiles>
  );
}
