/** The shapes of the public REST API and event stream, as the contract names them. Times are ISO 8601, UTC. */

export interface Page<T> {
  items: T[];
  next?: string | null;
}

export interface Session {
  token: string;
  name: string;
  role: string;
}

export interface Agent {
  id: string;
  name: string;
}

export type Severity = 'critical' | 'major' | 'minor' | 'warning';
export type Health = 'ok' | 'unknown' | Severity;
export type CaseStatus = 'open' | 'pending' | 'verifying' | 'resolved' | 'closed';
export type Priority = 'low' | 'normal' | 'high' | 'urgent';

export interface Sla {
  firstResponseDueAt?: string | null;
  firstRespondedAt?: string | null;
  resolutionDueAt?: string | null;
}

export interface Case {
  id: string;
  number: number | string;
  customerId: string | null;
  deviceId: string | null;
  alarmIds: string[];
  title: string;
  status: CaseStatus;
  priority: Priority;
  queue: string | null;
  assignee: string | null;
  openedBy: 'device' | 'agent' | 'customer' | 'rule';
  openedAt: string;
  firstSymptomAt: string | null;
  resolvedAt: string | null;
  reopenedCount: number;
  sla?: Sla | null;
}

export interface Alarm {
  id: string;
  deviceId: string;
  type: string;
  severity: Severity;
  raisedAt: string;
  firstSymptomAt?: string | null;
  /** The comparison that the rule makes, where it makes a plain one. */
  threshold?: { metric: string; operator: string; bound: number } | null;
  clearedAt: string | null;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  value: unknown;
  caseId: string | null;
}

export type MetricValue = number | string | boolean | null;

export interface Reading {
  value: MetricValue;
  at: string;
}

export interface Device {
  id: string;
  model: string;
  name?: string | null;
  customerId?: string | null;
  siteId?: string | null;
  connected?: boolean;
  health?: Health;
  lastSeenAt?: string | null;
}

export interface Position {
  lat: number;
  lon: number;
  accuracy?: number | null;
  at?: string | null;
  siteId?: string | null;
  fenceId?: string | null;
}

export interface Twin {
  deviceId: string;
  connected: boolean;
  lastSeenAt: string | null;
  reported: Record<string, unknown>;
  desired: Record<string, unknown>;
  version: number;
  values: Record<string, Reading>;
  location: Position | null;
  health: Health;
  alarms: Alarm[];
}

/** The `twin` event of the stream, throttled by the server: at least these parts of the twin. */
export type TwinChange = Pick<Twin, 'deviceId' | 'connected' | 'health' | 'values'> & Partial<Twin>;

export interface TelemetryPoint {
  at: string;
  min: number;
  avg: number;
  max: number;
  count: number;
}

export interface Telemetry {
  metric: string;
  unit: string | null;
  points: TelemetryPoint[];
}

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
}

export interface Rule {
  type: string;
  severity: Severity;
  when: string;
  clear?: string;
}

export interface DeviceModel {
  id: string;
  name: string;
  metrics: Record<string, Metric>;
  commands?: Record<string, CommandDefinition>;
  rules?: Rule[];
}

export type CommandStatus = 'queued' | 'sent' | 'delivered' | 'succeeded' | 'failed' | 'expired';

export interface DeviceCommand {
  id: string;
  deviceId?: string;
  name: string;
  arguments?: Record<string, unknown>;
  status: CommandStatus;
  createdAt?: string;
  sentAt?: string | null;
  deliveredAt?: string | null;
  completedAt?: string | null;
  expiresAt?: string | null;
  result?: unknown;
  error?: string | null;
}

export interface Identity {
  type: string;
  value: string;
}

export interface Customer {
  id: string;
  name: string | null;
  locale?: string | null;
  timeZone?: string | null;
  tags: string[];
  consent: Record<string, boolean>;
  identities: Identity[];
}

export interface TimelineRefs {
  caseId?: string | null;
  deviceId?: string | null;
  alarmId?: string | null;
  conversationId?: string | null;
  campaignId?: string | null;
  offerId?: string | null;
  workOrderId?: string | null;
  siteId?: string | null;
  fenceId?: string | null;
}

export interface TimelineEntry {
  id: string;
  customerId: string;
  at: string;
  recordedAt: string;
  kind: string;
  channel: string | null;
  direction: 'in' | 'out' | 'internal';
  actor: string | null;
  title: string;
  text: string | null;
  refs: TimelineRefs | null;
  data?: Record<string, unknown> | null;
}

export interface Visit {
  customerId?: string;
  siteId: string | null;
  fenceId: string | null;
  enteredAt: string;
  exitedAt: string | null;
  dwellSeconds: number | null;
}

export interface Presence {
  customerId: string;
  name: string | null;
  siteId: string | null;
  fenceId: string | null;
  enteredAt: string;
  /** Where the position is known; else the fence alone tells the place. */
  lat?: number | null;
  lon?: number | null;
}

export interface Offer {
  id: string;
  campaignId: string;
  customerId: string;
  siteId: string | null;
  title: string;
  text: string;
  code: string;
  sentAt: string;
  expiresAt: string | null;
  state: string;
}

export interface Site {
  id: string;
  name: string;
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

export interface Beacon {
  id: string;
  siteId: string | null;
  name: string | null;
  zone: string | null;
}

export type Trigger = 'enter' | 'dwell' | 'exit' | 'near';

export interface Campaign {
  id: string;
  name: string;
  trigger: Trigger;
  fenceIds?: string[] | null;
  beaconIds?: string[] | null;
  dwellMinutes?: number | null;
  audience?: { tagsAny?: string[]; tagsNone?: string[]; ownsModels?: string[] } | null;
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

export interface CampaignReport {
  campaignId: string;
  decisions: Record<string, number>;
  sent: number;
  delivered: number;
  opened: number;
  redeemed: number;
  expired: number;
}

export interface Message {
  id: string;
  conversationId?: string;
  at: string;
  direction: 'in' | 'out' | 'internal';
  author: string | null;
  text: string;
  state?: string | null;
}

export interface Conversation {
  id: string;
  customerId: string | null;
  channel: string;
  status: 'open' | 'closed';
  queue: string | null;
  assignee: string | null;
  subject: string | null;
  deviceId?: string | null;
  openedAt: string;
  lastMessageAt: string | null;
  messages?: Message[];
}

export interface DeadLetter {
  id: string;
  at: string;
  topic: string;
  principal: string | null;
  reason: string;
  detail: string | null;
  payload: string;
}
