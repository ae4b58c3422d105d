// Made of the API's description by `npm run types`: change the API, not this file.

/** Part of a list. */
export interface Page<T> {
  items: T[];
  next: string | null;
  /** How many the whole list has, where that was asked for. */
  total?: number | null;
}

/** How many conversations and cases at once. */
export interface AgentCapacity {
  /** Web chat and messengers that are live. */
  chat?: number;
  /** Calls. */
  voice?: number;
  /** Everything else. */
  other?: number;
}

/** A signed-in agent, and what the agent may do. */
export interface AgentSession {
  /** For the header `Authorization`; missing where a cookie has it. */
  token: string | null;
  id: string;
  name: string;
  role: string;
  rights: string[];
  expiresAt: Instant;
  /** For the header `X-OmniIoT-CSRF` of calls by cookie that change something. */
  csrf?: string | null;
  /** The only queues that the rights reach; missing: queues do not limit them. */
  queues?: string[] | null;
  /** Ids of the only sites that the rights reach; missing: sites do not limit them. */
  sites?: string[] | null;
}

/** An agent as others see it. */
export interface Agent {
  id: string;
  name: string;
  role: string;
  skills: string[];
  queues: string[];
  languages: string[];
  capacity: AgentCapacity;
  /** Rises with every change; also its entity tag. */
  version: number;
}

/**
 * A device's trouble of one type. At most one is active per device and type. Times run in device time; double? Alarm.Value is the metric
 * that raised it, null where the rule names none.
 */
export interface Alarm {
  id: string;
  deviceId: string;
  type: string;
  severity: Severity;
  raisedAt: Instant;
  firstSymptomAt: Instant;
  value: number | null;
  customerId?: string | null;
  caseId?: string | null;
  clearedAt?: Instant | null;
  acknowledgedAt?: Instant | null;
  acknowledgedBy?: string | null;
  state?: AlarmState;
  threshold?: AlarmThreshold | null;
}

export type AlarmState = 'active' | 'cleared';

/** A comparison of a metric with a number, such as `temperature &gt; 80`. */
export interface AlarmThreshold {
  metric: string;
  operator: string;
  bound: number;
}

/** How unusual a reading was among all before it. */
export interface AnomalyPoint {
  at: Instant;
  value: number;
  /** 0 to 1: above 0.99 while something unusual lasts, above 0.999 at its onset; null for the first 60 readings. */
  score: number | null;
  /** The least that was expected; null with the score. */
  low: number | null;
  /** The most that was expected; null with the score. */
  high: number | null;
  /** In words; null when nothing is unusual. */
  why: string | null;
  /**
   * Kind of what is said: `higher lower step levelMoved moreNoise lessNoise extraPeak missingPeak drift flatLine rareTransition`; null when
   * nothing is unusual.
   */
  reason?: string | null;
  /**
   * How much of what the reason says: of `moreNoise` and `lessNoise` how many times it varies what it used to; of `flatLine` readings in a
   * row that were equal; of the onset of a `step` how far it is from the reading before; of all others from what was expected, both in the
   * metric's unit and below 0 downwards. Null with the reason.
   */
  amount?: number | null;
}

export interface ApiKey {
  id: string;
  name: string;
  rights: string[];
  createdAt: Instant;
  createdBy: string;
  expiresAt: Instant | null;
  /** Only in the answer to its making. */
  key?: string | null;
}

export interface ArticleFeedback {
  helped: number;
  didNotHelp: number;
}

export interface ArticleVersion {
  id: string;
  articleId: string;
  at: Instant;
  actor: string;
  /** As it then was. */
  article: unknown;
}

/** An article as it was written. */
export interface Article {
  id: string;
  article: unknown;
  /** How well it meets the words that were looked for, 0 to 1; null: none were. */
  score: number | null;
  /** The path of its help page; null: customers are not shown it. */
  link: string | null;
}

/** What a bot would say. */
export interface Ask {
  outcome: BotOutcome;
  /** Null: none, or an article that no intent names. */
  intent: string | null;
  /** Of what fits best, 0 to 1. */
  confidence: number;
  /** The article that it answers with; null: none. */
  article: string | null;
  text: string;
  tags: string[];
}

/** A file of a message, kept apart from its words. */
export interface Attachment {
  id: string;
  /** As the sender called it; never a path. */
  name: string;
  /** The media type as sniffed from the content, not as claimed. */
  type: string;
  /** In bytes, at most int Attachment.MaximumBytes. */
  size: number;
}

/** An entry of the trail, as people read it. */
export interface AuditEntry {
  id: string;
  at: Instant;
  /** Who: as on timelines, or `anonymous`. */
  actor: string;
  /** The client's IP address; null: not known, or cut out when the actor was erased. */
  address: string | null;
  action: string;
  /** What or whom it was done to: kind, colon, id. */
  subject: string;
  /** `ok`, or why not. */
  outcome: string;
  before: unknown | null;
  after: unknown | null;
  /** SHA-256, in lower-case hexadecimal. */
  hash: string;
  /** The hash of the entry before; zeros for the first. */
  previous: string;
}

/** A Bluetooth beacon of a site. */
export interface Beacon {
  /** `uuid:major:minor` in the form of BeaconId. */
  id: string;
  /** Where it hangs. */
  siteId: string;
  /** For people; null. */
  name: string | null;
  /** The part of the site, such as a shelf; null when unknown. */
  zone: string | null;
}

export type BotOutcome = 'answer' | 'ask' | 'handover';

/** One thing that a call does, as any provider could do it. Crosses processes, and is kept to be said again. */
export interface CallAct {
  kind: CallActKind;
  /** Said; empty where nothing is. */
  text?: string;
  /** How many digits are waited for. */
  digits?: number;
  /** Whether words are listened to. */
  speech?: boolean;
  /** Words that are expected. */
  hints?: string[];
  /** The queue's id; null: that of the conversation. */
  queue?: string | null;
  /** Whether nothing is played in the queue. */
  isSilent?: boolean;
  /** What is played in the queue; null: whatever the provider plays. */
  music?: string | null;
  /** The channel by which a link leaves. */
  channel?: string | null;
}

/** What a caller is to hear, or is to do; the names are public contract. */
export type CallActKind = 'say' | 'gather' | 'queue' | 'callback' | 'sendLink' | 'voicemail' | 'hangup';

/** A promise to call a customer. It has the place in the queue that the call had. */
export interface CallBack {
  id: string;
  customerId: string;
  /** E.164. */
  number: string;
  queue: string;
  /** Since when the customer waits. */
  requestedAt: Instant;
  /** From when on it may be made: at once, or when the queue opens. */
  dueAt: Instant;
  status: CallBackStatus;
  conversationId: string;
  /** By which channel it is made. */
  channel: string;
  endedAt?: Instant | null;
  /** Why it failed; null: it did not. */
  error?: string | null;
}

export type CallBackStatus = 'waiting' | 'calling' | 'done' | 'failed';

/** How a campaign goes: decisions by reason, offers by state; counted at write, not by scanning. */
export interface CampaignReport {
  campaignId: string;
  decisions: Record<string, number>;
  sent: number;
  delivered: number;
  opened: number;
  redeemed: number;
  expired: number;
}

/**
 * One piece of work for support. A device has at most one that is not resolved or closed; its later alarms join it. int Case.Version rises
 * by one with every change and is the entity tag.
 */
export interface Case {
  id: string;
  number: number;
  customerId: string | null;
  deviceId: string | null;
  alarmIds: string[];
  title: string;
  status: CaseStatus;
  priority: CasePriority;
  queue: string;
  assignee: string | null;
  openedBy: CaseOpener;
  openedAt: Instant;
  firstSymptomAt: Instant;
  resolvedAt: Instant | null;
  reopenedCount: number;
  sla: SlaClock;
  resolution: string | null;
  article: string | null;
  updatedAt: Instant;
  version: number;
  /** The title as kind and values, where it is the platform's own; null where a person or a model gave it. */
  titleSays?: Sentence;
  /** Whether later alarms of the device still join this case. */
  isUnresolved?: boolean;
}

/** How many cases there are. */
export interface CaseCounts {
  open: number;
  pending: number;
  verifying: number;
  resolved: number;
  closed: number;
  /** Open, pending and verifying ones together. */
  unresolved: number;
  /** All cases of a queue, by its name; a queue without cases is missing. */
  queues: Record<string, number>;
}

export type CaseOpener = 'device' | 'agent' | 'customer' | 'rule';

export type CasePriority = 'low' | 'normal' | 'high' | 'urgent';

export type CaseStatus = 'open' | 'pending' | 'verifying' | 'resolved' | 'closed';

/** A certificate that a device signs in with. */
export interface Certificate {
  /** SHA-256 of the certificate, in lower-case hexadecimal. */
  thumbprint: string;
}

/** A change on its way to another system; written in the commit of the change. */
export interface ChangeDelivery {
  /** The same however often it is sent. */
  id: string;
  /** The change's number in the log of changes. */
  sequence: number;
  /** When the change was committed. */
  at: Instant;
  /** A kind of the timeline or of the event stream. */
  kind: string;
  customerId: string | null;
  deviceId: string | null;
  state: DeliveryState;
  /** How often it was tried since it was last asked for. */
  attempts: number;
  /** What the last try was answered; null: it was not, or there was none. */
  statusCode: number | null;
  /** Why the last try failed; null: it did not. */
  error: string | null;
  triedAt: Instant | null;
  nextAt: Instant | null;
}

/** What came of asking a channel's provider. */
export interface ChannelTest {
  ok: boolean;
  /** What is wrong; null: nothing. */
  error: string | null;
}

export interface ChannelVoice {
  channel: string;
  csat: number | null;
  nps: number | null;
  ces: number | null;
  answers: number;
  asked: number;
}

/** A new claim code, told once. */
export interface ClaimCode {
  code: string;
  expiresAt: Instant;
}

/** A process of the cluster as people see it. */
export interface ClusterProcess {
  /** The name of this run of it. */
  id: string;
  /** Host and port that the others reach it by. */
  address: string;
  /** Of the program; null when it did not answer. */
  version: string | null;
  state: ProcessState;
  startedAt: Instant;
  lostAt: Instant | null;
  /** Signed in over MQTT; 0 when it did not answer, as the following. */
  connections: number;
  grains: number;
  messagesPerSecond: number;
}

/** The processes that run the platform. */
export interface Cluster {
  /** Names the cluster. */
  id: string;
  /** Those lost within the last ten minutes, too. */
  processes: ClusterProcess[];
  /** The path of Orleans' dashboard, for administrators; null where it is not served. */
  dashboard: string | null;
}

/** `queued → sent → delivered → succeeded | failed | expired`; any of the first three may end at once. */
export type CommandStatus = 'queued' | 'sent' | 'delivered' | 'succeeded' | 'failed' | 'expired';

/** What the customer allows. Nothing is allowed until said. */
export interface Consent {
  location?: boolean;
  offers?: boolean;
  email?: boolean;
  sms?: boolean;
}

/**
 * A talk with a customer, whatever channels its words come and go by; they also stand on the timeline. A customer has at most one that is
 * not closed.
 */
export interface Conversation {
  id: string;
  /** For people; rises. 0 only in snapshots of before there were numbers. */
  number?: number;
  customerId: string;
  /** Of the customer's last message; until they wrote, where the company began. */
  channel: string;
  /** All that were used in it, in the order of their first use. */
  channels?: string[];
  status: ConversationStatus;
  queue: string;
  assignee: string | null;
  /** What a mail said, else the beginning of the first message. */
  subject: string | null;
  deviceId: string | null;
  openedAt: Instant;
  lastMessageAt: Instant;
  version: number;
  /** The beginning of the newest message between customer and company; null where that was written before it was kept. */
  lastMessage?: string | null;
  /** The case that the talk is about; null: none. */
  caseId?: string | null;
  firstRespondedAt?: Instant | null;
  waitingSince?: Instant | null;
  snoozedUntil?: Instant | null;
  closedAt?: Instant | null;
  /** The conversation that its words are read with; null: it stands for itself. */
  mergedInto?: string | null;
  tags?: string[];
  /** What its customer was promised. */
  sla?: SlaClock;
}

/** How many conversations there are. */
export interface ConversationCounts {
  open: number;
  snoozed: number;
  closed: number;
  /** All conversations of a queue, by its name; a queue without any is missing. */
  queues: Record<string, number>;
}

/**
 * One message. TimelineDirection ConversationMessage.Direction`in` is the customer's, `out` the company's, `internal` a note that the
 * customer never sees.
 */
export interface ConversationMessage {
  id: string;
  conversationId: string;
  /** When it was written: by the provider's clock where it says so, never ahead of the arrival. */
  at: Instant;
  direction: TimelineDirection;
  author: string;
  text: string;
  state: MessageState;
  /** The channel's id. */
  channel?: string;
  /** The same words with their form, safe to show; null when they are plain. */
  html?: string | null;
  attachments?: Attachment[];
  /** Why it failed, or `maybeSentTwice`; null: nothing is wrong. */
  error?: string | null;
  /** The provider's name for it; null while it has none. */
  externalId?: string | null;
  /** The message that it answers; null: none in particular. */
  replyTo?: string | null;
  to?: Identity | null;
  /** Agents whom a note names; nobody in other words. */
  mentions?: string[];
  /** Whether it is a note for the company only. */
  internal?: boolean;
}

export type ConversationStatus = 'open' | 'snoozed' | 'closed';

/** A conversation with its newest messages, oldest first. */
export interface ConversationView {
  id: string;
  number: number;
  customerId: string;
  /** Of the customer's last message. */
  channel: string;
  /** All that were used in it. */
  channels: string[];
  status: ConversationStatus;
  queue: string;
  assignee: string | null;
  subject: string | null;
  caseId: string | null;
  deviceId: string | null;
  tags: string[];
  openedAt: Instant;
  firstRespondedAt: Instant | null;
  lastMessageAt: Instant;
  /** What the customer was promised. */
  sla: SlaClock;
  waitingSince: Instant | null;
  snoozedUntil: Instant | null;
  closedAt: Instant | null;
  /** The conversation that its words are read with since they were made one. */
  mergedInto: string | null;
  version: number;
  messages: ConversationMessage[];
}

/** A person, over all channels. int Customer.Version is the entity tag. */
export interface Customer {
  id: string;
  name: string | null;
  /** BCP 47, such as `az`; null when unknown. */
  locale: string | null;
  /** IANA name, such as `Asia/Baku`; null means UTC. */
  timeZone: string | null;
  tags: string[];
  consent: Consent;
  identities: Identity[];
  createdAt: Instant;
  version: number;
  /** What other systems know of them: texts, numbers and booleans by name. */
  traits?: Record<string, unknown>;
}

/** A message that could not be understood or delivered, kept with its reason. */
export interface DeadLetter {
  id: string;
  at: Instant;
  topic: string;
  principal: string;
  reason: DeadLetterReason;
  detail: string;
  /** The first 4 KiB of what came or was to leave. */
  payload: string;
  /** The message of a conversation that it was; null where it was none. */
  messageId?: string | null;
}

export type DeadLetterReason =
  | 'invalidJson'
  | 'wrongShape'
  | 'notFinite'
  | 'tooLarge'
  | 'future'
  | 'unknownBeacon'
  | 'unknownModel'
  | 'undeliverable';

export type DeliveryState = 'waiting' | 'delivered' | 'failed';

/** Something a device is asked to do, until Instant DeviceCommand.ExpiresAt (arrival time). */
export interface DeviceCommand {
  id: string;
  deviceId: string;
  name: string;
  arguments: unknown | null;
  status: CommandStatus;
  requestedBy: string;
  createdAt: Instant;
  expiresAt: Instant;
  sentAt?: Instant | null;
  deliveredAt?: Instant | null;
  completedAt?: Instant | null;
  result?: unknown | null;
  error?: string | null;
  caseId?: string | null;
  /** Whose device it was when it was asked: what comes of it is told to them. */
  customerId?: string | null;
  isPending?: boolean;
}

export interface DeviceExport {
  device: DeviceRegistration;
  twin: Twin;
  alarms: Alarm[];
  commands: DeviceCommand[];
  telemetry: Record<string, RawReading[]>;
  /** Metrics of which readings are left out, because they are stored damaged; written only when there are any. */
  incomplete?: string[] | null;
}

/** Something a device is told, and that it need not answer; kept for it until Instant DeviceMessage.ExpiresAt (arrival time). */
export interface DeviceMessage {
  id: string;
  deviceId: string;
  /** Any JSON. */
  payload: unknown;
  /** Beside the payload, in its sender's words. */
  properties: Record<string, string>;
  status: DeviceMessageStatus;
  requestedBy: string;
  createdAt: Instant;
  expiresAt: Instant;
  sentAt?: Instant | null;
  deliveredAt?: Instant | null;
  /** Whose device it was when it was told. */
  customerId?: string | null;
}

/** `queued → sent → delivered`; the first two may end as `expired`. */
export type DeviceMessageStatus = 'queued' | 'sent' | 'delivered' | 'expired';

/** What people said of a device. The salted hash of its secret never leaves storage. */
export interface DeviceRegistration {
  id: string;
  model: string;
  customerId: string | null;
  siteId: string | null;
  name: string | null;
  createdAt: Instant;
  version: number;
  /** Whether somebody works on it: its alarms are raised and kept, but open no case and tell nobody. */
  maintenance?: boolean;
}

/** What is answered to a registration. */
export interface DeviceStored {
  id: string;
  /** Only when the device was created: nobody can read it again. */
  secret: string | null;
  model: string;
  customerId: string | null;
  siteId: string | null;
  name: string | null;
  maintenance: boolean;
  createdAt: Instant;
}

/** A device's registration and how it is. */
export interface Device {
  id: string;
  model: string;
  customerId: string | null;
  siteId: string | null;
  name: string | null;
  maintenance: boolean;
  createdAt: Instant;
  connected: boolean;
  lastSeenAt: Instant | null;
  health: Health;
}

/** A new key, told once. */
export interface EnrollmentKey {
  id: string;
  key: string;
}

/** An enrolment and how it is used. */
export interface Enrollment {
  id: string;
  /** Only when it was made now: nobody can read it again. */
  key: string | null;
  name: string;
  models: string[];
  siteId: string | null;
  maxDevices: number | null;
  expiresAt: Instant | null;
  ratePerMinute: number;
  idPattern: string | null;
  certificateAuthority: string | null;
  createdAt: Instant;
  keyChangedAt: Instant;
  /** Devices that registered with it. */
  registered: number;
  /** Attempts that were refused, but for those that came too fast. */
  refused: number;
  lastUsedAt: Instant | null;
}

export interface FilledReply {
  /** Ready to be sent: names and values are filled in. */
  text: string;
}

/** A flow as it was once written. */
export interface FlowVersion {
  id: string;
  flowId: string;
  at: Instant;
  actor: string;
  flow: unknown;
}

/** A question that nothing answered. */
export interface Gap {
  id: string;
  question: string;
  locale: string;
  lastAskedAt: Instant;
  /** `bot` or `help`. */
  source: string;
  /** How often it was asked. */
  count: number;
}

/** How well a device is: its highest active severity, `ok` without alarms, `unknown` before its first message. */
export type Health = 'unknown' | 'ok' | 'warning' | 'minor' | 'major' | 'critical';

/** How the process is. */
export interface HealthView {
  /** Always `ok`: a process that is not does not answer. */
  status: string;
}

/** An address of the customer on a channel: `email`, `phone`, `telegram`, …. */
export interface Identity {
  type: string;
  value: string;
  /** False when somebody only said that it is theirs: nothing that comes from it is taken for theirs. */
  verified?: boolean;
}

/** What an import came to. */
export interface Imported {
  /** How many were new; of a dry run, would be. */
  created: number;
  /** How many there were already; of a dry run, those that would be replaced. */
  updated: number;
  /** Each line of the file that is not empty, in its order. */
  lines: ImportedLine[];
}

/** What an import came to. */
export interface ImportedFences {
  created: number;
  updated: number;
  /** Fences of the site that the file lacked and `replace` took away. */
  removed: number;
  /** The first 1,000. */
  refused: RefusedFeature[];
  /** How many there are in all. */
  refusedCount: number;
}

/** What became of a line. */
export interface ImportedLine {
  /** Of the file; the first is 1. A line of values that runs over several is named by the first of them. */
  line: number;
  /** Null: the line names none. */
  id: string | null;
  /** Whether it is right; without mistakes elsewhere, or with `partial`, it was taken. */
  ok: boolean;
  /** What is wrong with it. */
  message?: string | null;
  /** Of a device that was created: nobody can read it again. */
  secret?: string | null;
}

/** What an import came to. */
export interface ImportedPurchases {
  /** Whether it was only tried: nothing was stored. */
  dryRun: boolean;
  /** Purchases and returns that are right; some of them may have been stored before. */
  accepted: number;
  /** Purchases and returns of which a line is wrong. */
  refusedCount: number;
  /** The first 100 mistakes, in the order of the file. */
  mistakes: LineMistake[];
}

/**
 * A point in time in UTC, in whole milliseconds since 1970-01-01T00:00:00Z. Written as `2026-11-22T01:33:00.000Z`; read as ISO 8601 (UTC
 * when it names no offset) or epoch milliseconds.
 */
export type Instant = string;

export interface LineMistake {
  /** Of the file; the first is 1. */
  line: number;
  message: string;
}

/** Somebody of the company who has a conversation before them. */
export interface Looker {
  agentId: string;
  /** Whether they are writing in it. */
  typing: boolean;
}

export interface Lookers {
  /** By id; 20 at most. */
  others: Looker[];
}

/** Who makes the call. */
export interface Me {
  /** An agent's, or `api` and perhaps the key's of a program. */
  id: string;
  name: string;
  /** Missing for a program. */
  role: string | null;
  rights: string[];
  /** For a call by cookie: what its session is to prove. */
  csrf?: string | null;
  /** The only queues that the rights reach; missing: queues do not limit them. */
  queues?: string[] | null;
  /** Ids of the only sites that the rights reach; missing: sites do not limit them. */
  sites?: string[] | null;
}

/** Another customer who may be the same person. */
export interface MergeSuggestion {
  customerId: string;
  name: string | null;
  /** What both have. */
  identities: Identity[];
}

export type MessageState = 'received' | 'queued' | 'sent' | 'delivered' | 'read' | 'failed';

/** Where devices connect, on the host that answers. */
export interface MqttAddress {
  /** MQTT over TCP. */
  port: number;
  /** MQTT over TLS; null where it is not set. */
  tlsPort: number | null;
}

/** Where devices connect. */
export interface Mqtt {
  /** The name by which this call was made. */
  host: string;
  port: number;
  /** Null: there is no MQTT over TLS. */
  tlsPort: number | null;
  /** On the port of this call. */
  webSocketPath: string;
}

/** How an agent is at work. */
export interface MyDesk {
  state: PresenceState;
  since: Instant | null;
  /** How much they take at once. */
  capacity: AgentCapacity;
  /** How much they have. */
  load: AgentCapacity;
  /** What was given to them and waits for a word of theirs, the oldest first. */
  offered: OfferedWork[];
}

/** Names by id; what has none, or is not there, is missing. A customer who was merged has the survivor's. */
export interface Names {
  customers: Record<string, string>;
  devices: Record<string, string>;
  sites: Record<string, string>;
  fences: Record<string, string>;
  beacons: Record<string, string>;
}

/** An offer as it went to one customer. */
export interface Offer {
  id: string;
  campaignId: string;
  customerId: string;
  /** Where it was earned and is redeemed. */
  siteId: string;
  title: string;
  text: string;
  /** What the customer shows to redeem it, see OfferCode. */
  code: string;
  sentAt: Instant;
  /** First moment at which it can no longer be redeemed. */
  expiresAt: Instant;
  state: OfferState;
}

/** The two ends of a decision. */
export type OfferOutcome = 'sent' | 'refused';

/** Why an offer is not sent, in the order in which the reasons are tested, and last that it is. */
export type OfferReason =
  | 'stale'
  | 'duplicate'
  | 'noConsent'
  | 'schedule'
  | 'audience'
  | 'holdout'
  | 'suppressed'
  | 'quietHours'
  | 'cooldown'
  | 'cap'
  | 'budget'
  | 'sent';

export type OfferState = 'sent' | 'delivered' | 'opened' | 'redeemed' | 'expired';

/** A case or a conversation that was given to an agent. */
export interface OfferedWork {
  kind: WorkKind;
  id: string;
  customerId: string | null;
  queue: string;
  /** The channel's id; null for a case. */
  channel: string | null;
  offeredAt: Instant;
  /** When it is taken back, unless they do something about it before. */
  answerBy: Instant;
}

export type PresenceState = 'available' | 'busy' | 'away' | 'offline';

/** A customer who is in a place now. */
export interface Presence {
  customerId: string;
  name: string | null;
  siteId: string;
  fenceId: string | null;
  beaconId: string | null;
  enteredAt: Instant;
  lat: number | null;
  lon: number | null;
}

/** Problem details (RFC 9457). */
export interface Problem {
  /** Always `about:blank`: the status says the kind. */
  type: string;
  /** The status in words. */
  title: string;
  status: number;
  /** What is wrong this time. */
  detail: string;
  /** The typed reason of a rejection, for programs. */
  code?: string | null;
  /** The place of each mistake. */
  errors?: ProblemError[] | null;
  /** The features of a file that were refused, and so all of it. */
  refused?: RefusedFeature[] | null;
  /** The contract's word for a conflict that a program is expected to resolve. */
  reason?: string | null;
  /** The case that stands in the way. */
  caseId?: string | null;
}

/** One mistake. */
export interface ProblemError {
  /** JSON pointer (RFC 6901) into what was sent; the name after a slash for a part of the address. */
  pointer?: string;
  /** From 1: within the rule's text, or within a document that is no JSON; otherwise absent. */
  line?: number | null;
  /** From 1, in characters. */
  column?: number | null;
  message?: string;
  /** The message's kind, such as `mistake.tooLong`; absent where it is for the author of a program only. */
  code?: string | null;
  values?: Record<string, unknown> | null;
}

/** How a process stands in its cluster. */
export type ProcessState = 'active' | 'joining' | 'leaving' | 'lost';

/** What a device gets that registered itself; nobody can read secret and code again. */
export interface Provisioned {
  id: string;
  /** Its password over MQTT; the user name is its id. */
  secret: string;
  model: string;
  siteId: string | null;
  name: string | null;
  /** For whoever is to own it, to be printed or shown; null when somebody owns it already. */
  claimCode: string | null;
  claimCodeExpiresAt: Instant | null;
  mqtt: Mqtt;
}

export interface QueueOverflow {
  /** Of waiting for an agent. */
  afterSeconds: number;
  /** The id of the other queue. */
  queue: string;
}

/** A queue as it stands now. */
export interface Queue {
  id: string;
  name: string;
  skills: string[];
  calendar: string | null;
  sla: string | null;
  overflow: QueueOverflow | null;
  /** Cases and conversations that wait in it for an agent. */
  waiting: number;
  /** How long the oldest of them does; 0 when nothing waits. */
  oldestWaitSeconds: number;
  /** Agents of the queue who are available and have its skills. */
  available: number;
}

/** A reading as received. */
export interface RawReading {
  at: Instant;
  /** A number, true or false, or a string. */
  value: unknown;
  seq: number | null;
}

/** Whether the process can do its work, and which part cannot. */
export interface Readiness {
  /** `ok`, or `unavailable` when any part is. */
  status: string;
  /**
   * Every part, `ok`, `unavailable`, or `impaired` when it works and something is wrong that a person has to look at: `storage`,
   * `telemetry`, `gateway`, `cluster`, `deliveries`.
   */
  parts: Record<string, string>;
  /** Why, for each part that is not `ok`. */
  reasons: Record<string, string>;
}

/** An offer that was or was not sent, and why, as it is kept. */
export interface RecordedDecision {
  id: string;
  at: Instant;
  campaignId: string;
  fenceId: string | null;
  outcome: OfferOutcome;
  reason: OfferReason;
  offerId: string | null;
  inputs: Record<string, unknown>;
}

export interface RecoveryCodes {
  /** Each signs in once, when the app is lost. */
  codes: string[];
}

/** Until when a device may register itself anew. */
export interface Reenrollment {
  until: Instant | null;
}

/** A feature that makes no fence. */
export interface RefusedFeature {
  /** Among the file's features, from 0. */
  index: number;
  /** Null when it names none. */
  id: string | null;
  /** Places within the feature. */
  errors: ProblemError[];
}

/** An attempt as it is kept for the audit. */
export interface Registration {
  /** Orders by time. */
  id: string;
  enrollmentId: string;
  at: Instant;
  deviceId: string;
  model: string;
  /** Where it came from, an IP address; null when that is not known. */
  address: string | null;
  /** SHA-256 of the certificate that it was made with, in lower-case hexadecimal; null: it was made with a key. */
  thumbprint: string | null;
  outcome: RegistrationOutcome;
  accepted?: boolean;
}

/** What came of a device's attempt to register itself. */
export type RegistrationOutcome =
  | 'registered'
  | 'reenrolled'
  | 'wrongCredentials'
  | 'enrollmentExpired'
  | 'enrollmentFull'
  | 'unknownModel'
  | 'idNotAllowed'
  | 'alreadyRegistered'
  | 'throttled';

/** A report. */
export interface Report {
  /** A row has its dimension (`channel`, `agent`, `queue`, `model`, `bot` or `all`), `at` where time is parted, and the measures. */
  items: Record<string, unknown>[];
}

export interface Role {
  id: string;
  name: string;
  rights: string[];
  /** Whether it is always there. */
  builtIn: boolean;
  /** To which the rights are limited; none: they are not. */
  queues: string[];
  /** To which the rights are limited; none: they are not. */
  sites: string[];
}

/** Something that was found. */
export interface SearchHit {
  kind: SearchKind;
  /** Of the customer, the conversation, the message's entry on the timeline, the case, the device, the entry. */
  id: string;
  /** What names it: a name where there is one. */
  title: string;
  /** The part of its text that was found. */
  snippet: SearchSnippet;
  /** When it happened; null: it did not. */
  at?: string | null;
  /** Whose it is, as written; null: nobody's, or it is a customer itself. */
  customerId?: string | null;
  conversationId?: string | null;
  caseId?: string | null;
  deviceId?: string | null;
}

/** What can be searched, in the order in which it is told. */
export type SearchKind = 'customers' | 'conversations' | 'messages' | 'cases' | 'devices' | 'articles' | 'timeline';

/** A part of a text, in UTF-16 units. */
export interface SearchRange {
  start?: number;
  length?: number;
}

/** The part of a text that was found: plain text, and where in it the words are. */
export interface SearchSnippet {
  /** Never markup; begins or ends with … where the text goes on. */
  text: string;
  /** In the order of the text. */
  ranges: SearchRange[];
}

/** What was found, kind by kind in the order of SearchKind, the best of each first. */
export interface Search {
  items: SearchHit[];
  /** Kinds of which there is more than was told. */
  more: SearchKind[];
}

/** A new secret. */
export interface Secret {
  secret: string;
}

/**
 * Words that the platform makes itself: what they say, and of what, so that each reader can have them in their own language. Kinds and
 * names of values are public contract.
 */
export interface Sentence {
  /** One of SentenceKinds, MistakeKinds or GeometryMistakes. */
  kind: string;
  /** Texts, numbers and lists of texts by name; null: nobody. */
  values: Record<string, unknown>;
}

export interface Session {
  id: string;
  /** From where it was begun. */
  address: string;
  /** What the browser or program called itself. */
  client: string;
  since: Instant;
  lastSeenAt: Instant;
  expiresAt: Instant;
  /** Whether the call is made with it. */
  current: boolean;
}

/** How bad an alarm is, the worst last so that severities compare. */
export type Severity = 'warning' | 'minor' | 'major' | 'critical';

/** What is written, for the API's description. */
export interface Shape {
  customer: Customer;
  timeline: TimelineEntry[];
  visits: Visit[];
  offers: Offer[];
  decisions: RecordedDecision[];
  conversations: Conversation[];
  messages: ConversationMessage[];
  cases: Case[];
  devices: DeviceExport[];
}

/** Which ways of signing in there are, beside the password. */
export interface SignInWays {
  /** Whether `GET /session/oidc` leads to a provider. */
  oidc: boolean;
}

export interface SimulationStep {
  /** What the caller did; null: they called. */
  input: string | null;
  /** The nodes that the call went through. */
  path: string[];
  /** Where it is then. */
  node: string;
  /** What is heard and done, in order. */
  acts: CallAct[];
  /** The same as the provider is answered. */
  twiml: string;
}

export interface Simulation {
  steps: SimulationStep[];
}

/** A store, a hall, a branch: what fences, beacons and devices belong to. */
export interface Site {
  id: string;
  name: string;
}

/**
 * When a case or a conversation must have been answered and solved, and what became of that. Immutable; what happens gives the next. It
 * stands still while it is paused or stopped: what is due is then as it was, and moves on by the working time that passed meanwhile.
 */
export interface SlaClock {
  /** The id of the policy that it runs by; null: none. */
  policy?: string | null;
  firstResponseDueAt?: Instant | null;
  nextResponseDueAt?: Instant | null;
  resolutionDueAt?: Instant | null;
  firstRespondedAt?: Instant | null;
  /** What was not kept, each once. */
  breached?: SlaTarget[];
  pausedAt?: Instant | null;
}

/** What a customer may expect within a time. */
export type SlaTarget = 'firstResponse' | 'nextResponse' | 'resolution';

/** A survey as customers would see it. */
export interface SurveyPreview {
  /** What they are sent, by language; in the place of the address of the page stands `/s/…`. */
  messages: Record<string, string>;
}

/** What a survey asks for. */
export type SurveyType = 'csat' | 'nps' | 'ces';

/** A stretch of time summed up; of numbers (booleans count as 0 and 1) only. */
export interface TelemetryBucket {
  at: Instant;
  min: number;
  avg: number;
  max: number;
  count: number;
}

/** A metric over time. */
export interface Telemetry {
  metric: string;
  /** The model's; null when it names none. */
  unit: string | null;
  /** Oldest first; stretches without readings have no point. */
  points: TelemetryBucket[];
  /** Points are left out whose readings are stored damaged; written only then. */
  incomplete?: boolean;
}

export interface ThemeVoice {
  theme: string;
  mentions: number;
  /** The mean satisfaction of those who mention it, else effort, else net promoters. */
  score: number | null;
  /** How many more mention it than in the time of the same length before. */
  trend: number;
}

export interface TimeVoice {
  /** When the part begins. */
  at: Instant;
  csat: number | null;
  nps: number | null;
  ces: number | null;
  answers: number;
  asked: number;
}

export type TimelineDirection = 'in' | 'out' | 'internal';

/**
 * One thing that happened between a customer and the company, on whatever channel. Instant TimelineEntry.At is when it happened (device
 * time), Instant TimelineEntry.RecordedAt when we learned of it.
 */
export interface TimelineEntry {
  id: string;
  /** Whose timeline; null when it concerns a device that nobody owns. */
  customerId: string | null;
  at: Instant;
  recordedAt: Instant;
  /** One of TimelineKind. */
  kind: string;
  /** Where it happened: `device`, `console`, `webchat`, `place`, `app`, `api`, … */
  channel: string;
  direction: TimelineDirection;
  /** Who did it: `device:press-7`, `agent:aygun`, `customer:c1`, `system`. */
  actor: string;
  title: string;
  text: string | null;
  refs: TimelineRefs;
  data: Record<string, unknown>;
}

/** What an entry is about; every field may be missing. */
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

/** A new app token. */
export interface Token {
  token: string;
}

export interface TotpSecret {
  /** In Base32, to be typed into an app. */
  secret: string;
  /** `otpauth://totp/…`, to be shown to an app. */
  uri: string;
}

export interface Totp {
  /** Whether a code is asked for at each sign-in. */
  set: boolean;
  /** Of the codes that were written down, those not used yet. */
  recoveryCodesLeft: number;
}

export interface TwinLocation {
  lat: number;
  lon: number;
  accuracy: number | null;
  at: Instant;
}

/** The newest value of a metric and its device time. */
export interface TwinValue {
  value: unknown | null;
  at: Instant;
}

/** What is known of a device now, as everyone outside sees it. */
export interface Twin {
  deviceId: string;
  connected: boolean;
  lastSeenAt: Instant | null;
  reported: Record<string, unknown>;
  desired: Record<string, unknown>;
  /** Of the desired properties; rises by one with every change and is the entity tag. */
  version: number;
  values: Record<string, TwinValue>;
  location: TwinLocation | null;
  health: Health;
  alarms: Alarm[];
}

/** What a customer said beside a score. */
export interface Verbatim {
  id: string;
  at: Instant;
  surveyId: string;
  type: SurveyType;
  score: number;
  text: string;
  themes: string[];
  channel: string;
  customerId: string;
  conversationId: string | null;
  caseId: string | null;
  followUpCaseId: string | null;
}

/** A customer's stay in a fence or near a beacon, in device time; open while Instant? Visit.ExitedAt is null. */
export interface Visit {
  /** Identifies the visit among those of its customer. */
  id: string;
  customerId: string;
  siteId: string;
  /** Null for a beacon. */
  fenceId: string | null;
  /** Null for a fence. */
  beaconId: string | null;
  enteredAt: Instant;
  exitedAt: Instant | null;
  /** Latitude of the fix that began (or ended) it, WGS 84 degrees; null for a beacon. */
  lat?: number | null;
  /** Longitude of the same fix. */
  lon?: number | null;
  /** Null while the visit lasts. */
  dwellSeconds?: number | null;
}

export interface VoiceScore {
  /** The mean, 1 to 5; null: no such answer. */
  csat: number | null;
  /** Per cent that give 9 or 10, less per cent that give 0 to 6; -100 to 100; null: no such answer. */
  nps: number | null;
  /** The mean, 1 to 7; null: no such answer. */
  ces: number | null;
  answers: number;
  /** Surveys that were sent in the time. */
  asked: number;
}

/** What customers say. */
export interface Voice {
  score: VoiceScore;
  byChannel: ChannelVoice[];
  /** The parts of the time that `bucket` asks for. */
  byTime: TimeVoice[];
  /** The most mentioned first. */
  themes: ThemeVoice[];
  /** Answers with words, the newest first. */
  verbatims: Verbatim[];
  /** Where the verbatims go on; null: at their end. */
  next: string | null;
}

export type WorkKind = 'case' | 'conversation';
