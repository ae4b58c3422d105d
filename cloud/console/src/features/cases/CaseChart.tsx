import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Alarm, Case } from '@/api/types';
import { useI18n, type I18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { MetricChart, type Span } from '../telemetry/MetricChart';
import type { Moment } from '../telemetry/plot';
import { numericMetrics } from '../devices/metrics';
import { eventOf, ruleOf, symptomOf } from '../devices/symptom';
import { useModelOf } from '../devices/useModelOf';
import { useCaseAlarms } from './useCaseAlarms';

const minuteMs = 60_000;
const beforeMs = 45 * minuteMs;
const afterMs = 120 * minuteMs;

/** Telemetry around the first symptom, with the limit of the alarm's rule and the moments that mattered. */
export function CaseChart({ item, deviceId }: { item: Case; deviceId: string }) {
  const i18n = useI18n();
  const { t } = i18n;
  const { alarms: own, pending } = useCaseAlarms(item);
  const model = useModelOf(deviceId);
  const first = useMemo(() => own.toSorted((a, b) => Date.parse(a.raisedAt) - Date.parse(b.raisedAt))[0], [own]);
  const [chosen, setChosen] = useState<string | null>(null);
  const event = eventOf(ruleOf(first, model));
  const moments = useMemo(() => momentsOf(item, own, event, i18n), [item, own, event, i18n]);
  if (!model || pending) return null;

  const metrics = Object.keys(model.metrics);
  const metric = chosen ?? symptomOf(first, model) ?? numericMetrics(model)[0] ?? metrics[0];
  if (!metric) return null;
  return (
    <Panel
      title={t('case.telemetry')}
      actions={<Select size="xs" w={150} aria-label={t('chart.metric')} value={metric} onChange={setChosen} data={metrics} />}
    >
      <MetricChart deviceId={deviceId} metric={metric} span={spanOf(item)} model={model} moments={moments} height={250} />
    </Panel>
  );
}

function spanOf(item: Case): Span {
  const start = Date.parse(item.firstSymptomAt ?? item.openedAt);
  const end = item.resolvedAt ? Date.parse(item.resolvedAt) + beforeMs / 3 : start + afterMs;
  return { label: `case-${item.id}-${item.resolvedAt ?? ''}`, from: () => start - beforeMs, toMs: end > Date.now() ? null : end };
}

function momentsOf(item: Case, alarms: Alarm[], event: string | null, { t }: I18n): Moment[] {
  const moments: Moment[] = [];
  if (item.firstSymptomAt)
    moments.push({ at: item.firstSymptomAt, label: t('chart.symptom') + (event ? ` · ${event}` : ''), tone: 'major' });
  for (const alarm of alarms) {
    if (alarm.raisedAt !== item.firstSymptomAt)
      moments.push({ at: alarm.raisedAt, label: `${t('chart.raised')} · ${alarm.type}`, tone: 'critical' });
    if (alarm.clearedAt) moments.push({ at: alarm.clearedAt, label: t('chart.cleared'), tone: 'violet' });
  }
  if (item.resolvedAt) moments.push({ at: item.resolvedAt, label: t('chart.resolved'), tone: 'ok' });
  return moments;
}
