import { useI18n } from '@/i18n';
import { useNow } from '@/lib/useNow';
import { Age } from '@/ui/Age';
import classes from './cluster.module.css';
import { inOrder, isSilent } from './processes';
import { ProcessStateBadge } from './ProcessStateBadge';
import type { ClusterProcess } from '@/api/types';

/** On a narrow screen each row becomes a card, and each figure says itself what it is. */
export function ProcessTable({ processes }: { processes: ClusterProcess[] }) {
  const { t } = useI18n();
  const columns = [t('cluster.address'), t('cluster.state'), t('cluster.version'), t('cluster.since')];
  const figures = [t('cluster.connections'), t('cluster.inMemory'), t('cluster.perSecond')];
  return (
    <table className={classes.processes} aria-label={t('cluster.processes')}>
      <thead>
        <tr>
          {columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          {figures.map((name) => (
            <th key={name} scope="col" className={classes.figure}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {inOrder(processes).map((process) => (
          <ProcessRow key={process.id} process={process} />
        ))}
      </tbody>
    </table>
  );
}

function ProcessRow({ process }: { process: ClusterProcess }) {
  const { t, dateTime } = useI18n();
  const { id, address, state, version, startedAt, lostAt } = process;
  return (
    <tr data-testid="process-row" data-state={state}>
      <th scope="row" className={classes.address}>
        <span className="mono ltr" title={id}>
          {address}
        </span>
      </th>
      <td className={classes.state}>
        <div>
          <ProcessStateBadge state={state} />
          {state === 'lost' && lostAt && <LostSince at={lostAt} />}
          {isSilent(process) && <strong className={classes.trouble}>{t('cluster.silent')}</strong>}
        </div>
      </td>
      <td data-label={t('cluster.version')}>
        <span className="mono ltr">{version ?? '–'}</span>
      </td>
      <td className={classes.since} data-label={t('cluster.since')}>
        {dateTime(startedAt)} <Age at={startedAt} until={lostAt} />
      </td>
      <Figure name={t('cluster.connections')} process={process} value={process.connections} />
      <Figure name={t('cluster.inMemory')} process={process} value={process.grains} />
      <Figure name={t('cluster.perSecond')} process={process} value={process.messagesPerSecond} />
    </tr>
  );
}

/** A dash where nobody told the figure. */
function Figure({ name, process, value }: { name: string; process: ClusterProcess; value: number }) {
  const { number } = useI18n();
  return (
    <td className={classes.figure} data-label={name}>
      {process.version === null ? '–' : number(value, { maximumFractionDigits: 1 })}
    </td>
  );
}

function LostSince({ at }: { at: string }) {
  const { t, span, dateTime } = useI18n();
  const now = useNow();
  return (
    <time className={classes.trouble} dateTime={at} title={dateTime(at)}>
      {t('cluster.ago', { span: span(now - Date.parse(at)) })}
    </time>
  );
}
