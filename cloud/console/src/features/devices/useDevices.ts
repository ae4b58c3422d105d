import { deviceListQuery, useList } from '@/api/lists';
import { byTrouble } from './trouble';

export interface DeviceSearch {
  customerId?: string;
  q?: string;
  model?: string;
  health?: string;
}

/** Devices with an active alarm, then the others; with a chosen health only those that have it. */
export function useDevices({ health, ...filter }: DeviceSearch) {
  const alarmed = useList(deviceListQuery({ ...filter, alarmed: 'true' }), { enabled: !health });
  const others = useList(deviceListQuery(health ? { ...filter, state: health } : { ...filter, alarmed: 'false' }));
  if (health) return { ...others, items: others.items.filter((device) => (device.health ?? 'unknown') === health) };
  // A device whose alarm was raised or cleared since may be on the other list still.
  const items = new Map([...others.items, ...alarmed.items].map((device) => [device.id, device]));
  const current = alarmed.hasMore ? alarmed : others;
  return {
    ...current,
    items: [...items.values()].toSorted(byTrouble),
    total: alarmed.total === undefined || others.total === undefined ? undefined : alarmed.total + others.total,
    pending: alarmed.pending || others.pending,
    error: alarmed.error ?? others.error,
  };
}
