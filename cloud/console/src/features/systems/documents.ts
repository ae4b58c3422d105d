/** As the API passes it on; what is missing is not said. */
export interface WebhookDocument {
  id: string;
  name?: string;
  url: string;
  events?: string[] | null;
  /** A text when it is written, `{"set":true}` when it is read. */
  secret?: unknown;
}

/** What may be asked for, beside every single kind. */
export const eventPatterns = [
  'alarm.*',
  'callback.*',
  'case.*',
  'command.*',
  'consent.*',
  'conversation.*',
  'device.*',
  'identity.*',
  'message.*',
  'note.*',
  'offer.*',
  'purchase.*',
  'sla.*',
  'survey.*',
  'visit.*',
];

/** A help desk that has the same cases, as the API passes it on. */
export interface IntegrationDocument {
  id: string;
  name?: string;
  type: string;
  endpoint: string;
  /** Texts when they are written; of secrets `{"set":true}` when they are read. */
  credentials: Record<string, unknown>;
  secret?: unknown;
  queues?: string[] | null;
  pollSeconds?: number | null;
}

/** By names that are the same everywhere. */
export const integrationTypes = [
  { type: 'zendesk', label: 'Zendesk' },
  { type: 'freshdesk', label: 'Freshdesk' },
] as const;

type Credential = { name: 'user' | 'token' | 'apiKey'; isSecret: boolean };

/** What a kind of help desk is signed in to by. */
export const credentialsOf = (type: string): Credential[] =>
  type === 'freshdesk'
    ? [{ name: 'apiKey', isSecret: true }]
    : [
        { name: 'user', isSecret: false },
        { name: 'token', isSecret: true },
      ];

/** Where a help desk says what changed. */
export const inboundPathOf = (id: string) => `/api/v1/integrations/${encodeURIComponent(id)}/inbound`;
