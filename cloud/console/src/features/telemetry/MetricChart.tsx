import { Button, Skeleton } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { telemetryQuery } from '@/api/queries';
import type { DeviceModel } from '@/api/types';
import { useI18n } from '@/i18n';
import { thresholdsOf } from '@/lib/threshold';
import { Empty, QueryView } from '@/ui/states';
import { Chart, unitOf } from './Chart';
import type { Moment } from './plot';

export interface Span {
  label: string;
  from: (nowMs: number) => number | null;
  /** Null reaches until now and stays live. */
  toMs: number | null;
}

interface MetricChartProps {
  deviceId: string;
  metric: string;
  span: Span;
  model: DeviceModel | undefined;
  /** Only the limits of this rule; those of all rules when missing. */
  ruleType?: string;
  moments?: Moment[];
  height?: number;
  onShowAll?: () => void;
}

const points = 400;

/** A device's metric over a span, with the limits that its model's rules set to it. */
export function MetricChart(props: MetricChartProps) {
  const { deviceId, metric, span, model, ruleType, moments, height = 240, onShowAll } = props;
  const { t, number } = useI18n();
  const query = useQuery(
    telemetryQuery(
      () => ({ deviceId, metric, fromMs: span.from(Date.now()), toMs: span.toMs, label: span.label, points }),
      { deviceId, metric, label: span.label },
      span.toMs === null,
    ),
  );
  const unit = unitOf(query.data?.unit ?? model?.metrics[metric]?.unit);
  const limits = useMemo(() => {
    const rules = (model?.rules ?? []).filter((rule) => !ruleType || rule.type === ruleType);
    return rules.flatMap((rule) =>
      thresholdsOf(rule.when, metric).map(({ operator, value }) => ({
        value,
        label: `${rule.type}  ${operator} ${number(value)} ${unit}`.trim(),
      })),
    );
  }, [model, metric, ruleType, unit, number]);

  return (
    <QueryView query={query} loading={<Skeleton height={height} />}>
      {(series) =>
        series.points.length === 0 ? (
          <Empty
            icon={<IconChartLine size={36} stroke={1.3} aria-hidden />}
            title={t('chart.empty')}
            action={onShowAll && <Button variant="default" onClick={onShowAll}>{t('chart.showAll')}</Button>}
          />
        ) : (
          <Chart series={series} limits={limits} moments={moments} height={height} />
        )
      }
    </QueryView>
  );
}
