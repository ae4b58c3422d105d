import { Button, Skeleton, Text } from '@mantine/core';
import { IconChartLine } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { anomalyQuery, rawTelemetryQuery, telemetryQuery } from '@/api/queries';
import type { DeviceModel } from '@/api/documents';
import { useI18n } from '@/i18n';
import { thresholdsOf } from '@/lib/threshold';
import { Empty, QueryView } from '@/ui/states';
import { Chart, unitOf } from './Chart';
import type { Moment } from './plot';
import { runsOf } from './runs';
import { StateChart } from './StateChart';
import { expectedOf, unusualOf } from './unusual';
import { UnusualList } from './UnusualList';

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
  /** Shows what was expected, and when it was unusual. */
  unusual?: boolean;
  height?: number;
  onShowAll?: () => void;
}

const points = 400;

/** A device's metric over a span, with the limits that its model's rules set to it; words as lanes, numbers as a line. */
export function MetricChart(props: MetricChartProps) {
  const values = props.model?.metrics[props.metric]?.values;
  return values ? <WordChart {...props} values={values} /> : <NumberChart {...props} />;
}

function NumberChart(props: MetricChartProps) {
  const { deviceId, metric, span, model, ruleType, moments, unusual = false, height = 240, onShowAll } = props;
  const { number, code } = useI18n();
  const spanOf = () => ({ deviceId, metric, fromMs: span.from(Date.now()), toMs: span.toMs, label: span.label, points });
  const identity = { deviceId, metric, label: span.label };
  const query = useQuery(telemetryQuery(spanOf, identity, span.toMs === null));
  const scores = useQuery({ ...anomalyQuery(spanOf, identity, span.toMs === null), enabled: unusual }).data;
  const found = useMemo(() => (unusual && scores ? unusualOf(scores) : null), [unusual, scores]);
  const expected = useMemo(() => (unusual && scores ? expectedOf(scores) : undefined), [unusual, scores]);
  const marked = useMemo(
    () => [
      ...(moments ?? []),
      ...(found ?? []).map(
        ({ at, peak }): Moment => ({ at, label: peak.reason ? code('unusual', peak.reason) : '', tone: 'violet' }),
      ),
    ],
    [moments, found, code],
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
      {(series) => (
        <>
          {series.incomplete && <Incomplete />}
          {series.points.length === 0 ? (
            <NoReadings onShowAll={onShowAll} />
          ) : (
            <Chart series={series} limits={limits} moments={marked} expected={expected} height={height} />
          )}
          {found && <UnusualList found={found} unit={unit} />}
        </>
      )}
    </QueryView>
  );
}

function WordChart(props: MetricChartProps & { values: readonly string[] }) {
  const { deviceId, metric, values, span, moments = [], height = 240, onShowAll } = props;
  const query = useQuery(
    rawTelemetryQuery(
      () => ({ deviceId, metric, fromMs: span.from(Date.now()), toMs: span.toMs, label: span.label }),
      { deviceId, metric, label: span.label },
      span.toMs === null,
    ),
  );
  return (
    <QueryView query={query} loading={<Skeleton height={height} />}>
      {(readings) =>
        readings.length === 0 ? (
          <NoReadings onShowAll={onShowAll} />
        ) : (
          <StateChart metric={metric} values={values} runs={runsOf(readings, span.toMs ?? query.dataUpdatedAt)} moments={moments} />
        )
      }
    </QueryView>
  );
}

/** What is shown is right, and not all. */
function Incomplete() {
  const { t } = useI18n();
  return (
    <Text size="sm" c="orange" role="status">
      {t('chart.incomplete')}
    </Text>
  );
}

function NoReadings({ onShowAll }: { onShowAll: (() => void) | undefined }) {
  const { t } = useI18n();
  return (
    <Empty
      icon={<IconChartLine size={36} stroke={1.3} aria-hidden />}
      title={t('chart.empty')}
      action={
        onShowAll && (
          <Button variant="default" onClick={onShowAll}>
            {t('chart.showAll')}
          </Button>
        )
      }
    />
  );
}
