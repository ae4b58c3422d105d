import type { DeviceModel, Rule } from '@/api/documents';
import type { Alarm } from '@/api/types';
import { metricOf, thresholdsOf } from '@/lib/threshold';

/** The rule that raised an alarm, as its model has it now. */
export const ruleOf = (alarm: Pick<Alarm, 'type'> | undefined, model: DeviceModel | undefined): Rule | undefined =>
  model?.rules?.find((rule) => rule.type === alarm?.type);

/**
 * The metric in which an alarm shows: the one that its rule sets a limit to, else the first that the rule names, else the first that
 * says when it is over, for a rule that is about an event. Null for a rule about none, as silence.
 */
export function symptomOf(alarm: Pick<Alarm, 'type' | 'threshold'> | undefined, model: DeviceModel): string | null {
  if (alarm?.threshold) return alarm.threshold.metric;
  const rule = ruleOf(alarm, model);
  if (!rule) return null;
  const metrics = Object.keys(model.metrics);
  return (
    metrics.find((metric) => thresholdsOf(rule.when, metric).length > 0) ??
    metricOf(rule.when, metrics) ??
    metricOf(rule.clear ?? '', metrics)
  );
}

/** The event that a rule waits for: `event('E31')` gives E31; null for a rule about none. */
export const eventOf = (rule: Rule | undefined): string | null => /\bevent\(\s*'([^']*)'\s*\)/.exec(rule?.when ?? '')?.[1] ?? null;
