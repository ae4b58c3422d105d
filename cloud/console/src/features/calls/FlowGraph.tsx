import { useI18n } from '@/i18n';
import type { Graph, GraphNode } from './graph';
import classes from './calls.module.css';

const width = 128;
const height = 48;
const across = 92;
const down = 22;

const left = ({ column }: GraphNode) => column * (width + across) + 4;
const top = ({ row }: GraphNode) => row * (height + down) + 18;

/** A flow from left to right, whatever the language: it is read as the document is. */
export function FlowGraph({ graph, wrong }: { graph: Graph; wrong: ReadonlySet<string> }) {
  const { t } = useI18n();
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const size = { width: graph.columns * (width + across), height: graph.rows * (height + down) + 24 };
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('flow.graph')}>
      <svg {...size} role="img" aria-label={t('flow.graph')} direction="ltr" data-testid="flow-graph">
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 L8 4 L0 8 z" className={classes.arrow} />
          </marker>
        </defs>
        {graph.edges.map(({ from, to, label }, i) => (
          <Way key={i} from={byId.get(from)!} to={byId.get(to)!} label={label} />
        ))}
        {graph.nodes.map((node) => (
          <g key={node.id} transform={`translate(${left(node)} ${top(node)})`} data-testid={`flow-node-${node.id}`}>
            <rect width={width} height={height} rx={8} className={wrong.has(node.id) ? classes.wrong : classes.node} />
            <text x={12} y={20} className={classes.id}>
              {shortened(node.id, 14)}
            </text>
            <text x={12} y={37} className={classes.kind}>
              {node.kind}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

/** To the right straight on, back over the top. */
function Way({ from, to, label }: { from: GraphNode; to: GraphNode; label: string }) {
  const begin = { x: left(from) + width, y: top(from) + height / 2 };
  const end = { x: left(to), y: top(to) + height / 2 };
  const bend = to.column > from.column ? across / 2 : across;
  const middle = { x: (begin.x + end.x) / 2, y: (begin.y + end.y) / 2 - 4 };
  return (
    <>
      <path
        d={`M${begin.x} ${begin.y} C${begin.x + bend} ${begin.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`}
        className={classes.way}
        markerEnd="url(#arrow)"
      />
      {label && (
        <text x={middle.x} y={middle.y} className={classes.label} textAnchor="middle">
          {shortened(label, 14)}
          <title>{label}</title>
        </text>
      )}
    </>
  );
}

const shortened = (text: string, most: number) => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
