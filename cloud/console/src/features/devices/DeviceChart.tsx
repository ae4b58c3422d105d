import { SegmentedControl, Select, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { twinQuery } from '@/api/queries';
import type { DeviceModel } from '@/api/documents';
import { useI18n } from '@/i18n';
import { Panel } from '@/ui/Panel';
import { MetricChart, type Span } from '../telemetry/MetricChart';
import type { Moment } from '../telemetry/plot';
import { numericMetrics } from './metrics';
import { symptomOf } from './symptom';

const hourMs = 3_600_000;
const ranges = { '1h': hourMs, '24h': 24 * hourMs, '7d': 168 * hourMs, all: null } as const;
type Range = keyof typeof ranges;

/** One metric over the chosen range, its rules' limits and its alarms marked; the choice is in the URL. */
export function DeviceChart({ deviceId, model }: { deviceId: string; model: DeviceModel }) {
  const { t, span: spanText } = useI18n();
  const search = useSearch({ from: '/shell/devices/$id' });
  const navigate = useNavigate({ from: '/devices/$id' });
  const metrics = numericMetrics(model);
  const metric = search.metric && metrics.includes(search.metric) ? search.metric : metrics[0];
  const range: Range = search.range && search.range in ranges ? (search.range as Range) : '24h';
  const set = (change: Partial<typeof search>) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
  const moments = useAlarmMoments(deviceId, model, metric);
  // Asked for, or looked at by a rule.
  const unusual = search.unusual ? search.unusual === 'yes' : (model.rules ?? []).some((rule) => rule.when.includes(`anomaly(${metric})`));
  if (!metric) return null;

  const length = ranges[range];
  const span: Span = { label: range, from: (now) => (length === null ? null : now - length), toMs: null };
  return (
    <Panel
      title={t('chart.title')}
      actions={
        <>
          <Select
            size="xs"
            w={150}
            aria-label={t('chart.metric')}
            value={metric}
            onChange={(next) => set({ metric: next ?? undefined })}
            data={metrics}
          />
          {!model.metrics[metric]?.values && (
            <Switch
              size="xs"
              label={t('chart.unusual')}
              checked={unusual}
              onChange={(event) => set({ unusual: event.currentTarget.checked ? 'yes' : 'no' })}
            />
          )}
          <SegmentedControl
            aria-label={t('chart.range')}
            value={range}
            onChange={(next) => set({ range: next })}
            data={(Object.keys(ranges) as Range[]).map((key) => ({
              value: key,
              label: ranges[key] === null ? t('chart.all') : spanText(ranges[key]),
            }))}
          />
        </>
      }
    >
      <MetricChart
        deviceId={deviceId}
        metric={metric}
        span={span}
        model={model}
        moments={moments}
        unusual={unusual}
        height={280}
        onShowAll={range === 'all' ? undefined : () => set({ range: 'all' })}
      />
    </Panel>
  );
}

/** Active alarms that show in the metric. */
function useAlarmMoments(deviceId: string, model: DeviceModel, metric: string | undefined): Moment[] {
  const alarms = useQuery(twinQuery(deviceId)).data?.alarms;
  return useMemo(
    () =>
      (alarms ?? [])
        .filter((alarm) => symptomOf(alarm, model) === metric)
        .map((alarm) => ({ at: alarm.raisedAt, label: alarm.type, tone: 'major' })),
    [alarms, model, metric],
  );
}
