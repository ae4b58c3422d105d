import { IconAlertTriangle, IconPlayerPlay } from '@tabler/icons-react';
import type { KeyboardEvent, MouseEvent, PointerEvent } from 'react';
import { useI18n } from '@/i18n';
import { exitHeight, headHeight, nodeWidth, type GraphNode } from './graph';
import classes from './canvas.module.css';

interface FlowBoxProps {
  node: GraphNode;
  isStart: boolean;
  isWrong: boolean;
  isGone: boolean;
  isSelected: boolean;
  /** Whether a way that is drawn now would lead here. */
  isOver: boolean;
  onClick: (event: MouseEvent) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  /** Missing: no way is drawn. */
  handle?: {
    onPointerDown: (node: GraphNode, exit: number) => (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: (event: PointerEvent) => void;
    onPointerCancel: () => void;
  };
}

/** A node with its ways out, each with a sign from which it is drawn. */
export function FlowBox(props: FlowBoxProps) {
  const { node, isStart, isWrong, isGone, isSelected, isOver, onClick, onKeyDown, handle } = props;
  const { t } = useI18n();
  const { id, kind, left, top, height, exits } = node;
  return (
    <div className={classes.place} style={{ left, top, width: nodeWidth, height }}>
      <button
        type="button"
        className={classes.node}
        aria-pressed={isSelected}
        data-wrong={isWrong || undefined}
        data-gone={isGone || undefined}
        data-over={isOver || undefined}
        onClick={onClick}
        onKeyDown={onKeyDown}
        data-testid={`flow-node-${id}`}
      >
        <span className={classes.head} style={{ height: headHeight }}>
          <span className={classes.title}>
            {isStart && <IconPlayerPlay size={13} aria-label={t('flow.start')} />}
            <strong>{id}</strong>
            {isWrong && <IconAlertTriangle size={14} aria-label={t('flow.wrong')} className={classes.sign} />}
          </span>
          <span className={classes.kind}>{kind ? t(`flowKind.${kind}`) : '?'}</span>
        </span>
        {exits.map(({ place, label, to }) => (
          <span key={place} className={classes.exit} style={{ height: exitHeight }} data-open={to === null || undefined}>
            <span className={classes.label}>{label}</span>
            <span className="visually-hidden">{to === null ? t('flow.nowhere') : t('flow.leadsTo', { to })}</span>
          </span>
        ))}
      </button>
      {handle &&
        exits.map(({ place }, exit) => (
          <span
            key={place}
            className={classes.handle}
            style={{ top: headHeight + (exit + 0.5) * exitHeight }}
            aria-hidden
            onPointerDown={handle.onPointerDown(node, exit)}
            onPointerMove={handle.onPointerMove}
            onPointerUp={handle.onPointerUp}
            onPointerCancel={handle.onPointerCancel}
            data-testid={`flow-handle-${id}-${exit}`}
          />
        ))}
    </div>
  );
}
