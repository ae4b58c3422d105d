import { IconClock, IconClockExclamation } from '@tabler/icons-react';
import type { Case } from '@/api/types';
import { useI18n } from '@/i18n';
import { useNow } from '@/lib/useNow';
import classes from './cases.module.css';
import { slaOf } from './sla';

const soonMs = 15 * 60_000;

/** Time left until the next promise, or by how much it is broken. */
export function SlaMark({ item, long = false }: { item: Case; long?: boolean }) {
  const { t, span } = useI18n();
  const now = useNow();
  const state = slaOf(item, now);
  if (!state) return null;
  const late = state.leftMs < 0;
  const tone = late ? 'var(--critical)' : state.leftMs < soonMs ? 'var(--major)' : 'var(--dim)';
  const text = t(late ? 'sla.late' : 'sla.left', { span: span(Math.abs(state.leftMs)) });
  const Icon = late ? IconClockExclamation : IconClock;
  return (
    <span className={classes.slaMark} style={{ color: tone }} title={`${t(`sla.${state.kind}`)}: ${text}`}>
      <Icon size={14} stroke={1.8} aria-hidden />
      {long ? `${t(`sla.${state.kind}`)} · ${text}` : text}
    </span>
  );
}
