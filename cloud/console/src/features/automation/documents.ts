/** As the API passes them on; what is missing is not said. */
export interface ReplyDocument {
  id: string;
  title?: string;
  text?: string;
  shortcut?: string | null;
}

export interface FieldChanges {
  status?: string | null;
  priority?: string | null;
  queue?: string | null;
  assignee?: string | null;
  tags?: string[] | null;
}

/** Exactly one member is said. */
export interface ActionDocument {
  reply?: string;
  note?: string;
  set?: FieldChanges;
  command?: { name: string; arguments?: Record<string, unknown> };
  resolve?: true | string | { resolution?: string };
  transfer?: { queue?: string | null; assignee?: string | null; note?: string | null };
}

export interface MacroDocument {
  id: string;
  title?: string;
  actions: ActionDocument[];
}

export type ConditionValue = string | number | boolean | string[];

export interface ConditionDocument {
  field: string;
  op: Operator;
  value?: ConditionValue;
}

export interface TriggerDocument {
  id: string;
  title?: string;
  on: string;
  conditions?: ConditionDocument[];
  actions: ActionDocument[];
  order?: number;
  enabled?: boolean;
}

export const verbs = ['reply', 'note', 'set', 'command', 'resolve', 'transfer'] as const;
export type Verb = (typeof verbs)[number];

export const verbOf = (action: ActionDocument): Verb => verbs.find((verb) => action[verb] !== undefined) ?? 'reply';

/** An action that nothing was said of yet. */
export const blankOf: Record<Verb, ActionDocument> = {
  reply: { reply: '' },
  note: { note: '' },
  set: { set: {} },
  command: { command: { name: '' } },
  resolve: { resolve: true },
  transfer: { transfer: {} },
};

export const happenings = [
  'conversation.opened',
  'message.received',
  'case.opened',
  'case.updated',
  'sla.warning',
  'sla.breached',
  'time',
] as const;

export const operators = ['eq', 'ne', 'in', 'contains', 'gt', 'lt', 'exists'] as const;
export type Operator = (typeof operators)[number];

export const fields = [
  'channel',
  'status',
  'queue',
  'assignee',
  'subject',
  'tags',
  'text',
  'priority',
  'title',
  'openedBy',
  'deviceId',
  'caseId',
  'customerId',
  'customer.name',
  'customer.locale',
  'customer.tags',
  'target',
  'openMinutes',
  'quietMinutes',
  'waitingMinutes',
] as const;

/** What a condition compares with after its operator was changed: as much of it as the new one can say. */
export function valueFor(op: Operator, value: ConditionValue | undefined): ConditionValue {
  const texts = Array.isArray(value) ? value : value === undefined || typeof value === 'boolean' ? [] : [String(value)];
  if (op === 'in') return texts;
  if (op === 'exists') return typeof value === 'boolean' ? value : true;
  return op === 'gt' || op === 'lt' ? Number(texts[0] ?? 0) || 0 : (texts[0] ?? '');
}

/** Arguments as lines `name = value`; a value is a number, true or false where it reads as one, else a text. */
export const argumentsFrom = (lines: string): Record<string, unknown> =>
  Object.fromEntries(
    lines
      .split('\n')
      .map((line) => line.split(/=(.*)/s))
      .filter(([name, value]) => name?.trim() && value !== undefined)
      .map(([name, value]) => [name!.trim(), readValue(value!.trim())]),
  );

export const linesOf = (values: Record<string, unknown> | undefined) =>
  Object.entries(values ?? {})
    .map(([name, value]) => `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n');

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
