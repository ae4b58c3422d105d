import type { DeviceModel } from '@/api/documents';
import type { I18n } from '@/i18n';
import { unitOf } from '../telemetry/Chart';

/** Metrics of a model that are numbers and so can be drawn: those that list no words. */
export function numericMetrics(model: DeviceModel): string[] {
  return Object.entries(model.metrics)
    .filter(([, metric]) => !metric.values)
    .map(([name]) => name);
}

/** A value as people read it, with its unit. */
export function showValue(value: unknown, unit: string | undefined, i18n: I18n): string {
  if (typeof value === 'number') return `${i18n.number(value)} ${unitOf(unit)}`.trim();
  if (typeof value === 'boolean') return i18n.t(value ? 'value.yes' : 'value.no');
  return typeof value === 'string' ? value : '–';
}
