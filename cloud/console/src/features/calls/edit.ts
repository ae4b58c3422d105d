/** How a flow is changed, each time into a new one. Pure. */
import { exitsOf, kindOf, nodesOf, type Flow, type FlowNode, type Kind } from './flow';

/** A node of which nothing was said yet. */
const blank: Record<Kind, FlowNode> = {
  say: { say: {} },
  gather: { gather: { digits: 1, choices: { 1: {} } } },
  branch: { branch: [{ when: 'calendar.open' }] },
  sayDeviceStatus: { sayDeviceStatus: true },
  queue: { queue: '' },
  callback: { callback: {} },
  sendLink: { sendLink: { channel: '', to: 'chat' } },
  voicemail: { voicemail: {} },
  hangup: { hangup: true },
};

const leadsOn = (kind: Kind) => exitsOf(blank[kind]).some(({ place }) => place === 'next');

/** A node that does something else, and goes on to where it went on before. */
export function withKind(node: FlowNode, kind: Kind): FlowNode {
  if (kindOf(node) === kind) return node;
  const fresh = structuredClone(blank[kind]);
  return leadsOn(kind) && node.next ? { ...fresh, next: node.next } : fresh;
}

/** What of a value is changed at the end of a path; an undefined one is taken away. */
function changed(value: unknown, [step, ...rest]: string[], to: string | undefined): unknown {
  if (step === undefined) return to;
  if (Array.isArray(value)) return value.map((one, i) => (String(i) === step ? changed(one, rest, to) : one));
  const { [step]: old, ...others } = (value ?? {}) as Record<string, unknown>;
  const next = changed(old, rest, to);
  return next === undefined ? others : { ...(value as object), [step]: next };
}

/** A node of which a way out leads elsewhere; null: nowhere. */
export const withExit = (node: FlowNode, place: string, to: string | null): FlowNode =>
  changed(node, place.split('/'), to ?? undefined) as FlowNode;

export const withNode = (flow: Flow, id: string, node: FlowNode): Flow => ({ ...flow, nodes: { ...nodesOf(flow), [id]: node } });

/** A name that no node has: what it does, with a number where that is taken. */
export function freeNodeId(flow: Flow, kind: Kind): string {
  const taken = nodesOf(flow);
  for (let number = 1; ; number++) {
    const id = number === 1 ? kind : `${kind}-${number}`;
    if (!(id in taken)) return id;
  }
}

/** With a node more; the first is where calls begin. */
export function withNewNode(flow: Flow, kind: Kind): { flow: Flow; id: string } {
  const id = freeNodeId(flow, kind);
  const start = Object.keys(nodesOf(flow)).length === 0 ? id : flow.start;
  return { flow: { ...withNode(flow, id, structuredClone(blank[kind])), start }, id };
}

/** Every way to a node leads elsewhere; null: nowhere. */
const redirected = (node: FlowNode, from: string, to: string | null) =>
  exitsOf(node).reduce((known, exit) => (exit.to === from ? withExit(known, exit.place, to) : known), node);

/** Without a node; what led to it leads nowhere. */
export function withoutNode(flow: Flow, id: string): Flow {
  const others = Object.entries(nodesOf(flow)).filter(([other]) => other !== id);
  const start = flow.start === id ? others[0]?.[0] : flow.start;
  return { ...flow, start, nodes: Object.fromEntries(others.map(([other, node]) => [other, redirected(node, id, null)])) };
}

/** With another name for a node, in its place; what led to it leads there still. The same flow where the name is taken or none. */
export function renamed(flow: Flow, id: string, name: string): Flow {
  const nodes = nodesOf(flow);
  if (name === '' || name === id || name in nodes) return flow;
  const entries = Object.entries(nodes).map(([one, node]) => [one === id ? name : one, redirected(node, id, name)]);
  return { ...flow, start: flow.start === id ? name : flow.start, nodes: Object.fromEntries(entries) };
}
