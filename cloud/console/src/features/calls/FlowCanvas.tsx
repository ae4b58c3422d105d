import { ActionIcon } from '@mantine/core';
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useRef, useState, type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react';
import { useI18n } from '@/i18n';
import { FlowBox } from './FlowBox';
import { entryAt, exitAt, nodeWidth, type Graph, type GraphEdge, type GraphNode } from './graph';
import classes from './canvas.module.css';

interface FlowCanvasProps {
  /** What it is called, where there is another on the page. */
  label: string;
  graph: Graph;
  start: string | undefined;
  /** Nodes with a mistake. */
  wrong: ReadonlySet<string>;
  /** Nodes that the call that was tried went through. */
  gone: ReadonlySet<string>;
  selected: string | null;
  onSelect: (id: string, byKey: boolean) => void;
  /** Missing: it is only looked at. */
  edit?: { onConnect: (from: GraphNode, exit: number, to: string | null) => void; onRemove: (id: string) => void };
}

const zooms = [0.5, 0.75, 1, 1.25];

interface Drag {
  from: GraphNode;
  exit: number;
  x: number;
  y: number;
}

const nodeAt = ({ nodes }: Graph, { x, y }: { x: number; y: number }) =>
  nodes.find(({ left, top, height }) => x >= left && x <= left + nodeWidth && y >= top && y <= top + height);

/** A flow from left to right, whatever the language: it is read as the document is. A way is drawn from its sign to a node. */
export function FlowCanvas({ label, graph, start, wrong, gone, selected, onSelect, edit }: FlowCanvasProps) {
  const paper = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const [zoom, setZoom] = useState(1);
  const pointOf = ({ clientX, clientY }: PointerEvent) => {
    const { left, top } = paper.current!.getBoundingClientRect();
    return { x: (clientX - left) / zoom, y: (clientY - top) / zoom };
  };
  const handle = edit && {
    onPointerDown: (from: GraphNode, exit: number) => (event: PointerEvent) => {
      event.preventDefault();
      event.currentTarget.setPointerCapture(event.pointerId);
      setDrag({ from, exit, ...pointOf(event) });
    },
    onPointerMove: (event: PointerEvent) => drag && setDrag({ ...drag, ...pointOf(event) }),
    onPointerUp: (event: PointerEvent) => {
      if (!drag) return;
      edit.onConnect(drag.from, drag.exit, nodeAt(graph, pointOf(event))?.id ?? null);
      setDrag(null);
    },
    onPointerCancel: () => setDrag(null),
  };
  const over = drag && nodeAt(graph, drag)?.id;
  const onKeyDown = (id: string) => (event: KeyboardEvent) => {
    if (!edit || (event.key !== 'Delete' && event.key !== 'Backspace')) return;
    event.preventDefault();
    edit.onRemove(id);
  };
  return (
    <div>
      <div className={classes.zoom}>
        <ZoomButton name="zoomOut" Icon={IconZoomOut} to={zooms.findLast((one) => one < zoom)} onZoom={setZoom} />
        <ZoomButton name="zoomIn" Icon={IconZoomIn} to={zooms.find((one) => one > zoom)} onZoom={setZoom} />
      </div>
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={label} data-testid="flow-graph">
        <div style={{ width: graph.width * zoom, height: graph.height * zoom }}>
          <div ref={paper} className={classes.paper} style={{ width: graph.width, height: graph.height, transform: `scale(${zoom})` }}>
            <svg width={graph.width} height={graph.height} aria-hidden>
              <defs>
                <marker id="flow-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                  <path d="M0 0 L8 4 L0 8 z" className={classes.arrow} />
                </marker>
              </defs>
              {graph.edges.map((edge, i) => (
                <path key={i} d={wayOf(edge)} className={classes.way} markerEnd="url(#flow-arrow)" />
              ))}
              {drag && <path d={curve(exitAt(drag.from, drag.exit), drag)} className={classes.drawn} />}
            </svg>
            {graph.nodes.map((node) => (
              <FlowBox
                key={node.id}
                node={node}
                isStart={node.id === start}
                isWrong={wrong.has(node.id)}
                isGone={gone.has(node.id)}
                isSelected={node.id === selected}
                isOver={node.id === over}
                onClick={(event: MouseEvent) => onSelect(node.id, event.detail === 0)}
                onKeyDown={onKeyDown(node.id)}
                handle={handle}
              />
            ))}
          </div>
        </div>
      </div>
    </div>
  );
}

interface ZoomButtonProps {
  name: 'zoomIn' | 'zoomOut';
  Icon: typeof IconZoomIn;
  /** Missing: no further. */
  to: number | undefined;
  onZoom: (zoom: number) => void;
}

function ZoomButton({ name, Icon, to, onZoom }: ZoomButtonProps) {
  const { t } = useI18n();
  return (
    <ActionIcon variant="default" size="lg" disabled={to === undefined} onClick={() => to && onZoom(to)} aria-label={t(`flow.${name}`)}>
      <Icon size={16} stroke={1.6} />
    </ActionIcon>
  );
}

interface Point {
  x: number;
  y: number;
}

/** To the right straight on, back in a wide bend. */
function curve(from: Point, to: Point): string {
  const bend = to.x > from.x ? Math.max(30, (to.x - from.x) / 2) : 80;
  return `M${from.x} ${from.y} C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}

const wayOf = ({ from, exit, to }: GraphEdge) => curve(exitAt(from, exit), entryAt(to));
