import type { Device, Health } from '@/api/types';

/** Worst first; what is not known comes last. */
export const healths: Health[] = ['critical', 'major', 'minor', 'warning', 'ok', 'unknown'];

const rank = (device: Device) => healths.indexOf(device.health ?? 'unknown');

/** Devices in trouble first, then by id, so that rows keep their place. */
export const byTrouble = (a: Device, b: Device) => rank(a) - rank(b) || a.id.localeCompare(b.id);
