/**
 * The documents that the API passes on as they were written, and what its stream alone tells; the rest is in `types`.
 */

import type { Severity, Twin } from './types';

export interface Metric {
  unit?: string;
  kind?: string;
  values?: string[];
  interval?: string;
}

export interface ArgumentDefinition {
  type?: 'number' | 'integer' | 'string' | 'boolean';
  unit?: string;
  values?: (string | number)[];
  minimum?: number;
  maximum?: number;
  required?: boolean;
  default?: unknown;
}

export interface CommandDefinition {
  arguments?: Record<string, ArgumentDefinition | string>;
  timeoutSeconds?: number;
  /** Whether a person is asked before it goes out. */
  confirm?: boolean;
}

export interface Rule {
  type: string;
  severity: Severity;
  when: string;
  clear?: string;
}

/** A desired property that people set. */
export type SettingDefinition = Pick<ArgumentDefinition, 'type' | 'unit' | 'values' | 'minimum' | 'maximum'>;

export interface DeviceModel {
  id: string;
  name: string;
  metrics: Record<string, Metric>;
  commands?: Record<string, CommandDefinition>;
  rules?: Rule[];
  /** By name; a name with dots leads inwards. */
  settings?: Record<string, SettingDefinition>;
}

/** GeoJSON, so positions are longitude first. */
export type Geometry =
  | { type: 'Polygon'; coordinates: number[][][] }
  | { type: 'MultiPolygon'; coordinates: number[][][][] }
  | { type: 'Point'; coordinates: number[] };

export interface Fence {
  id: string;
  siteId: string | null;
  name: string;
  geometry: Geometry;
  radiusMeters?: number | null;
}

export type Trigger = 'enter' | 'dwell' | 'exit' | 'near';

export interface Campaign {
  id: string;
  name: string;
  trigger: Trigger;
  fenceIds?: string[] | null;
  beaconIds?: string[] | null;
  dwellMinutes?: number | null;
  audience?: {
    tagsAny?: string[];
    tagsNone?: string[];
    ownsModels?: string[];
    bought?: { sku: string; siteId?: string | null; since?: string | null } | null;
  } | null;
  startsAt?: string | null;
  endsAt?: string | null;
  hours?: { days?: string[]; from?: string; to?: string } | null;
  caps?: { perCustomer?: number; perDays?: number } | null;
  cooldownMinutes?: number | null;
  holdoutPercent?: number | null;
  budget?: number | null;
  suppressOn?: string[] | null;
  content: { title: string; text: string };
  expiresMinutes?: number | null;
}

/** The `twin` event of the stream, throttled by the server: at least these parts of the twin. */
export type TwinChange = Pick<Twin, 'deviceId' | 'connected' | 'health' | 'values'> & Partial<Twin>;

/** Words that agents use again and again; a program fills its places in. */
export interface CannedReply {
  id: string;
  title: string;
  text: string;
  shortcut?: string | null;
}

export interface Macro {
  id: string;
  title: string;
}
