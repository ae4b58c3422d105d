import { Text } from '@mantine/core';
import { useI18n } from '@/i18n';
import type { AnomalyPoint } from '@/api/types';
import { amountKindOf, type Unusual } from './unusual';

const most = 5;

/** When a metric was unusual, why, by how much, and what was expected. */
export function UnusualList({ found, unit }: { found: Unusual[]; unit: string }) {
  const { t, code, dateTime, number } = useI18n();
  const figure = (value: number | null) => `\u2066${number(value ?? 0)} ${unit}`.trim() + '\u2069';
  const amountOf = ({ reason, amount }: AnomalyPoint) => {
    if (!reason || amount == null) return '';
    const kind = amountKindOf(reason);
    if (kind === 'run') return ` · ${t('unusual.run', { run: amount })}`;
    if (kind === 'times') return ` · ${t('unusual.times', { times: number(amount, { maximumSignificantDigits: 2 }) })}`;
    const signed = number(amount, { signDisplay: 'exceptZero', maximumSignificantDigits: 3 });
    return ` · ${t(kind === 'step' ? 'unusual.fromBefore' : 'unusual.fromExpected', { amount: `\u2066${signed} ${unit}`.trim() + '\u2069' })}`;
  };
  if (found.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('unusual.none')}
      </Text>
    );
  return (
    <ul aria-label={t('chart.unusual')} style={{ margin: 0, paddingInlineStart: 18, fontSize: 13 }}>
      {found.slice(0, most).map(({ at, peak }) => (
        <li key={at}>
          <time dateTime={at}>{dateTime(Date.parse(at))}</time>
          {' · '}
          <strong>{peak.reason ? code('unusual', peak.reason) : t('chart.unusual')}</strong>
          {amountOf(peak)}
          {` · ${figure(peak.value)} · `}
          {t('chart.expected', { low: figure(peak.low), high: figure(peak.high) })}
          {' · '}
          {t('unusual.score', { score: peak.score ?? 0 })}
        </li>
      ))}
    </ul>
  );
}
