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
