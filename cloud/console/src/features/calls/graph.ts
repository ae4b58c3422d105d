/** How a flow is drawn: its nodes in columns, each as far from the start as its shortest way. Pure. */
export interface GraphNode {
  id: string;
  kind: string;
  column: number;
  row: number;
}

export interface GraphEdge {
  from: string;
  to: string;
  label: string;
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
  columns: number;
  rows: number;
}

const kinds = ['say', 'gather', 'branch', 'sayDeviceStatus', 'queue', 'callback', 'sendLink', 'voicemail', 'hangup'];

type Fields = Record<string, unknown>;

const fieldsOf = (value: unknown): Fields => (value && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : {});

/** The ways out of a node, as far as what is written can be understood. */
function exitsOf(node: Fields): { to: unknown; label: string }[] {
  const gather = fieldsOf(node.gather);
  const ways = Array.isArray(node.branch) ? node.branch : [];
  return [
    { to: node.next, label: '' },
    ...Object.entries(fieldsOf(gather.choices)).map(([key, choice]) => ({ to: fieldsOf(choice).next, label: key })),
    { to: gather.exhausted, label: '…' },
    ...ways.map((way) => ({ to: fieldsOf(way).next, label: String(fieldsOf(way).when ?? '') })),
    { to: node.otherwise, label: '—' },
  ];
}

/** What leads to a node that is not there is left out: it is told as a mistake. */
export function graphOf(flow: { start?: unknown; nodes?: unknown }): Graph {
  const written = fieldsOf(flow.nodes);
  const ids = Object.keys(written);
  const edges = ids.flatMap((from) =>
    exitsOf(fieldsOf(written[from])).flatMap(({ to, label }) => (typeof to === 'string' && to in written ? [{ from, to, label }] : [])),
  );
  const column = depths(String(flow.start ?? ''), ids, edges);
  const rows = new Map<number, number>();
  const nodes = ids.map((id) => {
    const at = column.get(id) ?? 0;
    const row = rows.get(at) ?? 0;
    rows.set(at, row + 1);
    return { id, kind: kinds.find((kind) => kind in fieldsOf(written[id])) ?? '?', column: at, row };
  });
  return { nodes, edges: joined(edges), columns: Math.max(0, ...column.values()) + 1, rows: Math.max(0, ...rows.values()) };
}

/** Ways between the same two nodes are one line with what leads along it. */
function joined(edges: GraphEdge[]): GraphEdge[] {
  const byEnds = new Map<string, GraphEdge>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.from, edge.to]);
    const known = byEnds.get(key);
    byEnds.set(key, known ? { ...known, label: `${known.label}, ${edge.label}` } : edge);
  }
  return [...byEnds.values()];
}

/** Nodes that no way leads to stand behind all others. */
function depths(start: string, ids: string[], edges: GraphEdge[]): Map<string, number> {
  const depth = new Map<string, number>(ids.includes(start) ? [[start, 0]] : []);
  const next = [...depth.keys()];
  for (let from = next.shift(); from !== undefined; from = next.shift()) {
    for (const edge of edges) {
      if (edge.from !== from || depth.has(edge.to)) continue;
      depth.set(edge.to, depth.get(from)! + 1);
      next.push(edge.to);
    }
  }
  const last = depth.size === 0 ? 0 : Math.max(...depth.values()) + 1;
  for (const id of ids) if (!depth.has(id)) depth.set(id, last);
  return depth;
}

/** The node that a mistake's pointer names; null: none. */
export const nodeOf = (pointer: string | null | undefined): string | null =>
  /^\/nodes\/([^/]+)/.exec(pointer ?? '')?.[1]?.replace(/~1/g, '/').replace(/~0/g, '~') ?? null;
