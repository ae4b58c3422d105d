import { IconClock, IconClockExclamation } from '@tabler/icons-react';
import type { Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { useAtNow } from '@/lib/useNow';
import classes from './cases.module.css';
import { slaOf, type SlaState } from './sla';

const soonMs = 15 * 60_000;

/** Time left until the next promise, or by how much it is broken. */
export function SlaMark({ item, long = false }: { item: Case; long?: boolean }) {
  const { t, span } = useI18n();
  const told = useAtNow((now) => {
    const state = slaOf(item, now);
    if (!state) return null;
    const { kind, leftMs } = state;
    const urgency = leftMs < 0 ? 'late' : leftMs < soonMs ? 'soon' : 'ahead';
    return [kind, urgency, span(Math.abs(leftMs))].join('|');
  });
  if (!told) return null;
  const [kind, urgency, left] = told.split('|') as [SlaState['kind'], keyof typeof tones, string];
  const text = t(urgency === 'late' ? 'sla.late' : 'sla.left', { span: left });
  const Icon = urgency === 'late' ? IconClockExclamation : IconClock;
  return (
    <span className={classes.slaMark} style={{ color: tones[urgency] }} title={`${t(`sla.${kind}`)}: ${text}`}>
      <Icon size={14} stroke={1.8} aria-hidden />
      {long ? `${t(`sla.${kind}`)} · ${text}` : text}
    </span>
  );
}

const tones = { late: 'var(--critical)', soon: 'var(--major)', ahead: 'var(--dim)' };
