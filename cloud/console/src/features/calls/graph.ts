import { exitsOf, kindOf, nodesOf, type Exit, type Flow, type Kind } from './flow';

/** How a flow is drawn: its nodes in columns, each as far from the start as its longest way. Lengths are pixels. Pure. */
export interface GraphNode {
  id: string;
  /** Null: it does nothing that is known. */
  kind: Kind | null;
  column: number;
  left: number;
  top: number;
  height: number;
  exits: Exit[];
}

export interface GraphEdge {
  from: GraphNode;
  /** Which of its ways out. */
  exit: number;
  to: GraphNode;
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
  width: number;
  height: number;
}

export const nodeWidth = 172;
export const headHeight = 46;
export const exitHeight = 26;

const across = 92;
const down = 22;
const margin = 14;

/** What leads to a node that is not there is left out: it is told as a mistake. */
export function graphOf(flow: Flow): Graph {
  const written = nodesOf(flow);
  const exits = new Map(Object.entries(written).map(([id, node]) => [id, exitsOf(node)]));
  const columns = columnsOf(String(flow.start ?? ''), exits);
  const nodes = columns.flatMap((ids, column) => {
    let top = margin;
    return ids.map((id) => {
      const height = headHeight + exits.get(id)!.length * exitHeight;
      const node = { id, kind: kindOf(written[id]!), column, left: margin + column * (nodeWidth + across), top, height, exits: exits.get(id)! };
      top += height + down;
      return node;
    });
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const edges = nodes.flatMap((from) => from.exits.flatMap(({ to }, exit) => (byId.has(to!) ? [{ from, exit, to: byId.get(to!)! }] : [])));
  return {
    nodes,
    edges,
    width: columns.length * (nodeWidth + across) - across + 2 * margin,
    height: Math.max(0, ...nodes.map(({ top, height }) => top + height)) + margin,
  };
}

/** Where a way leaves its node. */
export const exitAt = ({ left, top }: GraphNode, exit: number) => ({
  x: left + nodeWidth,
  y: top + headHeight + (exit + 0.5) * exitHeight,
});

/** Where ways come in. */
export const entryAt = ({ left, top }: GraphNode) => ({ x: left, y: top + headHeight / 2 });

/** Ids by column; nodes that no way leads to stand behind all others. Who comes from above stands above. */
function columnsOf(start: string, exits: Map<string, Exit[]>): string[][] {
  const depth = depths(start, exits);
  const columns: string[][] = Array.from({ length: Math.max(0, ...depth.values()) + 1 }, () => []);
  for (const id of exits.keys()) columns[depth.get(id)!]!.push(id);
  for (let column = 1; column < columns.length; column++) {
    const before = columns[column - 1]!.flatMap((id) => exits.get(id)!.map(({ to }) => to));
    const place = (id: string) => (before.includes(id) ? before.indexOf(id) : before.length);
    columns[column] = columns[column]!.toSorted((a, b) => place(a) - place(b));
  }
  return columns;
}

/** The longest way from the start to each node, without ways that lead back. */
function depths(start: string, exits: Map<string, Exit[]>): Map<string, number> {
  const ways = new Map<string, string[]>();
  const order: string[] = [];
  const under = new Set<string>();
  const follow = (id: string) => {
    under.add(id);
    ways.set(id, []);
    for (const { to } of exits.get(id)!) {
      if (to === null || !exits.has(to) || under.has(to)) continue;
      ways.get(id)!.push(to);
      if (!ways.has(to)) follow(to);
    }
    under.delete(id);
    order.push(id);
  };
  if (exits.has(start)) follow(start);
  const depth = new Map<string, number>(order.map((id) => [id, 0]));
  for (const id of order.toReversed()) for (const to of ways.get(id)!) depth.set(to, Math.max(depth.get(to)!, depth.get(id)! + 1));
  const last = depth.size === 0 ? 0 : Math.max(...depth.values()) + 1;
  for (const id of exits.keys()) if (!depth.has(id)) depth.set(id, last);
  return depth;
}
