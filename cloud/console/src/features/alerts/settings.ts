import { useSyncExternalStore } from 'react';
import { session } from '@/api/session';

/** What an agent wants to be told of outside the page. */
export interface AlertSettings {
  shown: boolean;
  sound: boolean;
}

const none: AlertSettings = { shown: false, sound: true };
const listeners = new Set<() => void>();
const placeOf = () => `omniiot.alerts.${session.current()?.user ?? ''}`;

let cached: { text: string | null; value: AlertSettings } = { text: null, value: none };

/** As this person said in this browser; silence until they did. */
export function alertSettings(): AlertSettings {
  const text = localStorage.getItem(placeOf());
  if (text !== cached.text) cached = { text, value: text ? { ...none, ...(JSON.parse(text) as Partial<AlertSettings>) } : none };
  return cached.value;
}

export function setAlertSettings(value: AlertSettings) {
  localStorage.setItem(placeOf(), JSON.stringify(value));
  listeners.forEach((listener) => listener());
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useAlertSettings = () => useSyncExternalStore(subscribe, alertSettings);
