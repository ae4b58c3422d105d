import type { CasePriority, CaseStatus, CommandStatus } from '@/api/types';
import { useI18n } from '@/i18n';
import classes from './marks.module.css';

type Tone = 'dim' | 'accent' | 'critical' | 'major' | 'minor' | 'warning' | 'ok' | 'violet';

/** A small word in a tinted frame. */
export function Badge({ tone, hollow, children }: { tone: Tone; hollow?: boolean; children: string }) {
  return (
    <span className={classes.badge} style={{ '--tone': `var(--${tone})` } as React.CSSProperties}>
      <span className={`${classes.dot} ${hollow ? classes.hollow : ''}`} aria-hidden />
      {children}
    </span>
  );
}

const caseTones: Record<CaseStatus, Tone> = {
  open: 'critical',
  pending: 'minor',
  verifying: 'violet',
  resolved: 'ok',
  closed: 'dim',
};

export function CaseStatusBadge({ status }: { status: CaseStatus }) {
  const { code } = useI18n();
  const settled = status === 'resolved' || status === 'closed';
  return (
    <span data-testid="case-status" data-status={status}>
      <Badge tone={caseTones[status] ?? 'dim'} hollow={settled || status === 'verifying'}>
        {code('caseStatus', status)}
      </Badge>
    </span>
  );
}

const commandTones: Record<CommandStatus, Tone> = {
  queued: 'dim',
  sent: 'warning',
  delivered: 'accent',
  succeeded: 'ok',
  failed: 'critical',
  expired: 'minor',
};

export function CommandStatusBadge({ status }: { status: CommandStatus }) {
  const { code } = useI18n();
  return (
    <Badge tone={commandTones[status] ?? 'dim'} hollow={status === 'queued'}>
      {code('commandStatus', status)}
    </Badge>
  );
}

const priorityBars: Record<CasePriority, number> = { low: 1, normal: 2, high: 3, urgent: 4 };
const priorityTones: Record<CasePriority, Tone> = { low: 'dim', normal: 'dim', high: 'major', urgent: 'critical' };

/** A priority as a number of bars, with its word beside it or for screen readers. */
export function PriorityMark({ priority, label = false }: { priority: CasePriority; label?: boolean }) {
  const { code } = useI18n();
  const word = code('priority', priority);
  const filled = priorityBars[priority] ?? 2;
  return (
    <span className={classes.mark} style={{ color: `var(--${priorityTones[priority] ?? 'dim'})` }} title={word}>
      <span className={classes.bars} aria-hidden>
        {[1, 2, 3, 4].map((bar) => (
          <i key={bar} style={{ height: bar * 3 }} data-off={bar > filled || undefined} />
        ))}
      </span>
      {label ? word : <span className="visually-hidden">{word}</span>}
    </span>
  );
}

/** Whether a device holds a connection now. */
export function ConnectedMark({ connected }: { connected: boolean | undefined }) {
  const { t } = useI18n();
  return (
    <span className={classes.mark} style={{ color: connected ? 'var(--ok)' : 'var(--dim)' }}>
      <span className={`${classes.dot} ${connected ? '' : classes.hollow}`} aria-hidden />
      {connected ? t('device.online') : t('device.offline')}
    </span>
  );
}
