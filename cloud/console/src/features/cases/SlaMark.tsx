import { IconClock, IconClockExclamation, IconClockPause } from '@tabler/icons-react';
import { useI18n } from '@/i18n';
import { useAtNow } from '@/lib/useNow';
import classes from './cases.module.css';
import { slaOf, type Promised, type SlaKind, type SlaState } from './sla';

const soonMs = 15 * 60_000;

type Urgency = keyof typeof tones;

function urgencyOf({ kind, leftMs, isPaused, isBroken }: SlaState): Urgency {
  if (kind === null) return 'missed';
  if (isPaused) return 'paused';
  if (leftMs < 0) return 'late';
  return isBroken || leftMs < soonMs ? 'soon' : 'ahead';
}

/** Time left until the next promise, or by how much it is broken. */
export function SlaMark({ item, long = false }: { item: Promised; long?: boolean }) {
  const { t, span } = useI18n();
  const told = useAtNow((now) => {
    const state = slaOf(item, now);
    return state && [state.kind ?? '', urgencyOf(state), span(Math.abs(state.leftMs))].join('|');
  });
  if (!told) return null;
  const [kind, urgency, left] = told.split('|') as [SlaKind | '', Urgency, string];
  const text = t(`sla.${urgency === 'soon' || urgency === 'ahead' ? 'left' : urgency}`, { span: left });
  const Icon = urgency === 'paused' ? IconClockPause : urgency === 'late' || urgency === 'missed' ? IconClockExclamation : IconClock;
  const name = kind && t(`sla.${kind}`);
  return (
    <span className={classes.slaMark} style={{ color: tones[urgency] }} title={name ? `${name}: ${text}` : text} data-testid="sla-mark">
      <Icon size={14} stroke={1.8} aria-hidden />
      {long && name ? `${name} · ${text}` : text}
    </span>
  );
}

const tones = { late: 'var(--critical)', missed: 'var(--critical)', soon: 'var(--major)', ahead: 'var(--dim)', paused: 'var(--dim)' };
