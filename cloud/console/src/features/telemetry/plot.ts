import uPlot from 'uplot';
import type { TelemetryBucket } from '@/api/types';

export interface Limit {
  value: number;
  label: string;
}

export interface Moment {
  at: string;
  label: string;
  tone: 'major' | 'critical' | 'ok' | 'violet';
}

/** The values that were expected at a time. */
export interface Expected {
  at: string;
  low: number;
  high: number;
}

/** What is drawn beside the readings. */
export interface Marks {
  limits: Limit[];
  moments: Moment[];
  expected: Expected[];
}

export interface Look {
  text: string;
  dim: string;
  grid: string;
  accent: string;
  surface: string;
  tone(name: string): string;
}

/** Colours of the present scheme, as canvas needs them. */
export function lookOf(element: Element): Look {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: color('text'),
    dim: color('dim'),
    grid: color('border'),
    accent: color('accent'),
    surface: color('surface'),
    tone: color,
  };
}

/** Columns for uPlot: time in seconds, then average, maximum and minimum. */
export function columnsOf(points: TelemetryBucket[]): uPlot.AlignedData {
  return [points.map((p) => Date.parse(p.at) / 1000), points.map((p) => p.avg), points.map((p) => p.max), points.map((p) => p.min)];
}

/** A band of what was expected, vertical lines at moments with their names, and horizontal ones at limits. */
export function marksPlugin(marks: () => Marks, look: Look): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        const { ctx } = plot;
        const dpr = window.devicePixelRatio || 1;
        ctx.save();
        ctx.font = `${11 * dpr}px system-ui, "DejaVu Sans", sans-serif`;
        const { limits, moments, expected } = marks();
        drawExpected(plot, expected, look);
        for (const limit of limits) drawLimit(plot, limit, look, dpr);
        const rows = rowsAwayFrom(plot, limits, dpr);
        for (const moment of moments) drawMoment(plot, moment, look, dpr);
        moments.forEach((moment, i) => nameMoment(plot, moment, rows(i), look, dpr));
        for (const limit of limits) nameLimit(plot, limit, look, dpr);
        ctx.restore();
      },
    },
  };
}

function drawExpected({ ctx, bbox, valToPos }: uPlot, expected: Expected[], look: Look) {
  if (expected.length < 2) return;
  const x = (point: Expected) => valToPos(Date.parse(point.at) / 1000, 'x', true);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.beginPath();
  for (const point of expected) ctx.lineTo(x(point), valToPos(point.high, 'y', true));
  for (const point of [...expected].reverse()) ctx.lineTo(x(point), valToPos(point.low, 'y', true));
  ctx.closePath();
  ctx.fillStyle = look.tone('ok');
  ctx.globalAlpha = 0.16;
  ctx.fill();
  ctx.restore();
}

/** Where a limit lies on the canvas; null when it is out of sight. */
function heightOf({ bbox, valToPos }: uPlot, limit: Limit): number | null {
  const y = valToPos(limit.value, 'y', true);
  return y < bbox.top || y > bbox.top + bbox.height ? null : y;
}

function drawLimit(plot: uPlot, limit: Limit, look: Look, dpr: number) {
  const { ctx, bbox } = plot;
  const y = heightOf(plot, limit);
  if (y === null) return;
  ctx.strokeStyle = look.tone('critical');
  ctx.lineWidth = 1.25 * dpr;
  ctx.setLineDash([6 * dpr, 4 * dpr]);
  line(ctx, bbox.left, y, bbox.left + bbox.width, y);
  ctx.setLineDash([]);
}

/** Above the line, with a rim that keeps it legible over curves. */
function nameLimit(plot: uPlot, limit: Limit, look: Look, dpr: number) {
  const { ctx, bbox } = plot;
  const y = heightOf(plot, limit);
  if (y === null) return;
  ctx.textAlign = 'right';
  ctx.textBaseline = 'alphabetic';
  ctx.lineWidth = 4 * dpr;
  ctx.strokeStyle = look.surface;
  ctx.fillStyle = look.tone('critical');
  ctx.strokeText(limit.label, bbox.left + bbox.width - 4 * dpr, y - 5 * dpr);
  ctx.fillText(limit.label, bbox.left + bbox.width - 4 * dpr, y - 5 * dpr);
}

/** The tops of the rows in which moments are named: at the plot's head or foot, whichever has no limit near. */
function rowsAwayFrom(plot: uPlot, limits: Limit[], dpr: number): (index: number) => number {
  const { top, height } = plot.bbox;
  const hasLowLimit = limits.some((limit) => (heightOf(plot, limit) ?? 0) > top + height / 2);
  return (index) => (hasLowLimit ? top + index * 18 * dpr : top + height - (index + 1) * 18 * dpr);
}

/** Where a moment lies on the canvas; null when it is out of sight. */
function placeOf({ bbox, valToPos }: uPlot, moment: Moment): number | null {
  const x = valToPos(Date.parse(moment.at) / 1000, 'x', true);
  return x < bbox.left || x > bbox.left + bbox.width ? null : x;
}

function drawMoment(plot: uPlot, moment: Moment, look: Look, dpr: number) {
  const { ctx, bbox } = plot;
  const x = placeOf(plot, moment);
  if (x === null) return;
  ctx.strokeStyle = look.tone(moment.tone);
  ctx.lineWidth = 1.25 * dpr;
  line(ctx, x, bbox.top, x, bbox.top + bbox.height);
}

function nameMoment(plot: uPlot, moment: Moment, top: number, look: Look, dpr: number) {
  const { ctx, bbox } = plot;
  const x = placeOf(plot, moment);
  if (x === null) return;
  const width = ctx.measureText(moment.label).width + 8 * dpr;
  const left = x + width > bbox.left + bbox.width ? x - width : x;
  ctx.fillStyle = look.tone(moment.tone);
  ctx.fillRect(left, top, width, 16 * dpr);
  ctx.fillStyle = look.surface;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.fillText(moment.label, left + 4 * dpr, top + 8 * dpr);
}

function line(ctx: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number) {
  ctx.beginPath();
  ctx.moveTo(x1, y1);
  ctx.lineTo(x2, y2);
  ctx.stroke();
}
