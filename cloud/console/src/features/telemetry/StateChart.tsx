import { useI18n } from '@/i18n';
import type { Moment } from './plot';
import { lanesOf, type Run } from './runs';
import classes from './stateChart.module.css';

interface StateChartProps {
  metric: string;
  /** The values that the model names, in its order. */
  values: readonly string[];
  runs: readonly Run[];
  moments: readonly Moment[];
}

const ticks = 5;

/** A metric whose values are words, over time: a lane per value, filled where the metric has it. */
export function StateChart({ metric, values, runs, moments }: StateChartProps) {
  const { t, clock } = useI18n();
  const from = runs[0]!.fromMs;
  const to = runs.at(-1)!.toMs;
  const place = (ms: number) => `${((ms - from) / Math.max(1, to - from)) * 100}%`;
  const shown = moments.map((moment) => ({ ...moment, ms: Date.parse(moment.at) })).filter(({ ms }) => ms >= from && ms <= to);
  return (
    <figure
      className={classes.chart}
      role="img"
      aria-label={t('chart.label', { metric })}
      dir="ltr"
      data-testid="state-chart"
      data-metric={metric}
    >
      <div className={classes.moments}>
        {shown.map(({ label, tone, ms }, i) => (
          <span
            key={i}
            className={classes.moment}
            data-late={ms > (from + to) / 2 || undefined}
            style={{ left: place(ms), top: i * 20, '--tone': `var(--${tone})` } as React.CSSProperties}
          >
            <bdi>{label}</bdi>
          </span>
        ))}
      </div>
      <div className={classes.lanes} style={{ paddingTop: shown.length * 20 + 6 }}>
        {lanesOf(values, runs).map((value) => (
          <div key={value} className={classes.lane}>
            <bdi className={classes.name}>{value}</bdi>
            <div className={classes.track}>
              {runs
                .filter((run) => run.value === value)
                .map((run) => (
                  <i key={run.fromMs} style={{ left: place(run.fromMs), width: `calc(${place(run.toMs)} - ${place(run.fromMs)})` }} />
                ))}
            </div>
          </div>
        ))}
      </div>
      <div className={classes.axis}>
        {Array.from({ length: ticks }, (_, i) => from + ((to - from) * i) / (ticks - 1)).map((ms) => (
          <span key={ms}>{clock(ms, to - from < 600_000)}</span>
        ))}
      </div>
    </figure>
  );
}
