import type { Lists, Texts } from '@/api/localized';

/** What a node does; exactly one of them is said. */
export const kinds = ['say', 'gather', 'branch', 'sayDeviceStatus', 'queue', 'callback', 'sendLink', 'voicemail', 'hangup'] as const;
export type Kind = (typeof kinds)[number];

export interface Choice {
  next?: string;
  words?: Lists;
}

export interface Gather {
  digits?: number;
  speech?: boolean;
  choices?: Record<string, Choice>;
  again?: Texts;
  tries?: number;
  exhausted?: string;
}

export interface Way {
  when?: string;
  next?: string;
}

export interface FlowNode {
  say?: Texts;
  gather?: Gather;
  branch?: Way[];
  otherwise?: string;
  sayDeviceStatus?: boolean;
  queue?: string;
  /** Null is silence, missing what the provider plays. */
  music?: string | null;
  callback?: { queue?: string };
  sendLink?: { channel?: string; to?: 'chat'; text?: Texts };
  voicemail?: { queue?: string };
  hangup?: boolean;
  next?: string;
}

/** A voice menu without its id. */
export interface Flow {
  name?: string;
  start?: string;
  nodes?: Record<string, FlowNode>;
}

/** A way out of a node. */
export interface Exit {
  /** Where the node says so, as the server names it. */
  place: string;
  /** What leads along it: a key, a condition, or one of the signs for all others. */
  label: string;
  /** Null: nowhere yet. */
  to: string | null;
  /** Whether the call ends in the middle where it leads nowhere. */
  isNeeded: boolean;
}

/** Stands for whatever no choice and no condition met. */
export const otherwiseSign = '…';

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields => (value && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : {});

/** What is half written, as far as it can be understood. */
export const nodesOf = (flow: Flow): Record<string, FlowNode> =>
  Object.fromEntries(Object.entries(fieldsOf(flow.nodes)).map(([id, node]) => [id, fieldsOf(node) as FlowNode]));

/** Null: it does nothing that is known. */
export const kindOf = (node: FlowNode): Kind | null => kinds.find((kind) => kind in node) ?? null;

const exit = (place: string, label: string, to: unknown, isNeeded = true): Exit => ({
  place,
  label,
  to: typeof to === 'string' && to !== '' ? to : null,
  isNeeded,
});

function gatherExits(node: FlowNode): Exit[] {
  const gather = fieldsOf(node.gather);
  const choices = Object.entries(fieldsOf(gather.choices));
  return [
    ...choices.map(([key, choice]) => exit(`gather/choices/${key}/next`, key, fieldsOf(choice).next)),
    exit('gather/exhausted', otherwiseSign, gather.exhausted),
  ];
}

function branchExits(node: FlowNode): Exit[] {
  const ways = Array.isArray(node.branch) ? node.branch : [];
  return [
    ...ways.map((way, i) => exit(`branch/${i}/next`, String(fieldsOf(way).when ?? ''), fieldsOf(way).next)),
    exit('otherwise', otherwiseSign, node.otherwise),
  ];
}

/** The ways out of a node, also those that lead nowhere yet. */
export function exitsOf(node: FlowNode): Exit[] {
  const kind = kindOf(node);
  if (kind === 'gather') return gatherExits(node);
  if (kind === 'branch') return branchExits(node);
  if (kind === null || kind === 'queue' || kind === 'hangup') return [];
  return [exit('next', '', node.next, kind === 'say' || kind === 'sayDeviceStatus')];
}

/** The node that a mistake's pointer names; null: none. */
export const nodeOf = (pointer: string | null | undefined): string | null =>
  /^\/nodes\/([^/]+)/.exec(pointer ?? '')?.[1]?.replace(/~1/g, '/').replace(/~0/g, '~') ?? null;
