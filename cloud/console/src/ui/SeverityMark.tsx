import type { Health } from '@/api/types';
import { useI18n } from '@/i18n';
import classes from './marks.module.css';

/** Each severity has its own outline, so that it is told without colour too. */
const outlines: Record<Health, string> = {
  critical: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z',
  major: 'M8 1.2 15.4 14.5H.6z',
  minor: 'M8 .8 15.2 8 8 15.2.8 8z',
  warning: 'M2 2h12v12H2z',
  ok: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z',
  unknown: 'M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1z',
};

export function SeverityIcon({ severity, size = 12 }: { severity: Health; size?: number }) {
  const hollow = severity === 'unknown';
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden style={{ color: `var(--${severity})`, flex: 'none' }}>
      <path
        d={outlines[severity]}
        fill={hollow ? 'none' : 'currentColor'}
        stroke="currentColor"
        strokeWidth={hollow ? 2 : 0}
        strokeDasharray={hollow ? '3 2.5' : undefined}
      />
      {severity === 'ok' && <path d="m4.8 8.2 2.2 2.2 4.2-4.6" fill="none" stroke="var(--surface)" strokeWidth="2" />}
    </svg>
  );
}

/** A health or severity as shape, colour and word. */
export function SeverityMark({ severity, label = true }: { severity: Health; label?: boolean }) {
  const { code } = useI18n();
  const word = code('severity', severity);
  return (
    <span className={classes.mark} style={{ color: `var(--${severity})` }} title={label ? undefined : word}>
      <SeverityIcon severity={severity} />
      {label ? word : <span className="visually-hidden">{word}</span>}
    </span>
  );
}
