import { useAlerts } from './useAlerts';

/** Listens for what the person wants to be told of; shows nothing itself. */
export function Alerts() {
  useAlerts();
  return null;
}
