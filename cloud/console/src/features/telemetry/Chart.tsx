import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { Telemetry } from '@/api/types';
import { dayKey } from '@/lib/time';
import { useI18n, type I18n } from '@/i18n';
import { directionOf } from '@/i18n/languages';
import classes from './chart.module.css';
import { columnsOf, lookOf, marksPlugin, type Expected, type Limit, type Look, type Marks, type Moment } from './plot';

interface ChartProps {
  series: Telemetry;
  limits?: Limit[];
  moments?: Moment[];
  /** A band behind the line. */
  expected?: Expected[];
  height?: number;
}

const none: never[] = [];

/** A metric over time: average as a line, the range of each interval as a band, limits and moments marked. */
export function Chart({ series, limits = none, moments = none, expected = none, height = 240 }: ChartProps) {
  const i18n = useI18n();
  const scheme = useComputedColorScheme('light');
  const { ref, width } = useElementSize<HTMLDivElement>();
  const holder = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const marks = useRef<Marks>({ limits, moments, expected });

  useEffect(() => {
    if (!holder.current || width === 0) return;
    const options = optionsFor(lookOf(holder.current), marks, series, i18n, { width, height });
    const created = new uPlot(options, columnsOf(series.points), holder.current);
    plot.current = created;
    showNewest(created);
    return () => {
      created.destroy();
      plot.current = null;
    };
    // A new series of the same metric only sets its data, below.
  }, [scheme, i18n, width, height, series.metric, series.unit]);

  useEffect(() => {
    marks.current = { limits, moments, expected };
    plot.current?.setData(columnsOf(series.points));
    if (plot.current) showNewest(plot.current);
  }, [series, limits, moments, expected]);

  return (
    <div ref={ref} className={classes.chart} dir="ltr">
      <div
        ref={holder}
        className={directionOf(i18n.language) === 'rtl' ? classes.rtl : undefined}
        role="img"
        aria-label={[i18n.t('chart.label', { metric: series.metric }), ...limits.map((limit) => limit.label)].join(' · ')}
      />
    </div>
  );
}

const isPointed = (plot: uPlot) => (plot.cursor.left ?? -1) >= 0;

/** While the pointer is elsewhere, the legend tells the newest reading, and the highest and lowest of all that is in sight. */
function showNewest(plot: uPlot) {
  if (!isPointed(plot)) plot.setLegend({ idx: plot.data[0].length - 1 });
}

/** The highest or lowest value of a series in the part of it that is in sight; null when there is none. */
function extremeOf(plot: uPlot, series: number, choose: (...values: number[]) => number): number | null {
  const [first, last] = plot.series[0]?.idxs ?? [0, plot.data[0].length - 1];
  const values = (plot.data[series] ?? []).slice(first, last + 1).filter((v) => typeof v === 'number');
  return values.length === 0 ? null : choose(...values);
}

type Current = { readonly current: Marks };
type Size = { width: number; height: number };

function optionsFor(look: Look, marks: Current, series: Telemetry, i18n: I18n, size: Size): uPlot.Options {
  const unit = unitOf(series.unit);
  const axis: uPlot.Axis = {
    stroke: look.dim,
    grid: { stroke: look.grid, width: 1 },
    ticks: { show: false },
    font: '11px system-ui, "DejaVu Sans", sans-serif',
  };
  const value = (v: number | null) => (v === null || v === undefined ? '–' : leftToRight(`${i18n.number(v)} ${unit}`.trim()));
  return {
    ...size,
    padding: [10, 30, 0, 0],
    cursor: { y: false, points: { size: 7 } },
    legend: { live: true },
    scales: { y: { range: (_, min, max) => rangeWith(min, max, marks.current.limits) } },
    axes: [
      { ...axis, space: 72, values: (_, ticks, __, ___, stepSeconds) => timeTicks(ticks, stepSeconds ?? 0, i18n) },
      { ...axis, size: 54, values: (_, ticks) => ticks.map((tick) => i18n.number(tick)) },
    ],
    series: [
      { label: i18n.t('chart.at'), value: (_, seconds) => (seconds === null ? '–' : isolated(i18n.dateTime(seconds * 1000))) },
      { label: series.metric, stroke: look.accent, width: 1.75, value: (_, v) => value(v), points: { show: false } },
      {
        label: i18n.t('chart.max'),
        stroke: 'transparent',
        value: (plot, v, i) => value(isPointed(plot) ? v : extremeOf(plot, i, Math.max)),
        points: { show: false },
      },
      {
        label: i18n.t('chart.min'),
        stroke: 'transparent',
        value: (plot, v, i) => value(isPointed(plot) ? v : extremeOf(plot, i, Math.min)),
        points: { show: false },
      },
    ],
    bands: [{ series: [2, 3], fill: `${look.accent}2b` }],
    plugins: [marksPlugin(() => marks.current, look)],
    hooks: { setCursor: [showNewest] },
  };
}

/** Times of the axis: the day where it begins or first shows, else the time of day. */
function timeTicks(ticks: number[], stepSeconds: number, i18n: I18n): string[] {
  return ticks.map((seconds, i) => {
    const at = seconds * 1000;
    if (stepSeconds >= 86_400) return isolated(i18n.day(at));
    const time = i18n.clock(at, stepSeconds < 60);
    const newDay = i === 0 || dayKey(at) !== dayKey(ticks[i - 1]! * 1000);
    return newDay ? `${time}\n${isolated(i18n.day(at))}` : time;
  });
}

/** The readings' range, widened so that each limit is in sight. */
function rangeWith(min: number | null, max: number | null, limits: Limit[]): uPlot.Range.MinMax {
  const values = [min, max, ...limits.map((limit) => limit.value)].filter((v) => v !== null && Number.isFinite(v)) as number[];
  if (values.length === 0) return [0, 1];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low || Math.abs(high) || 1) * 0.08;
  return [low - room, high + room];
}

/** A date keeps the direction of its own language within the chart, which always runs left to right (FSI … PDI). */
const isolated = (text: string) => `\u2068${text}\u2069`;

/** A figure before its unit, in every language (LRI … PDI). */
const leftToRight = (text: string) => `\u2066${text}\u2069`;

/** UCUM codes as people write them; `1` counts things and is not written. */
export function unitOf(unit: string | null | undefined): string {
  if (unit === 'Cel') return '°C';
  return unit === '1' ? '' : (unit ?? '');
}
