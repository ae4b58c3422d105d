import type { ReactNode } from 'react';
import classes from './Tile.module.css';

/** Figures side by side. */
export function Tiles({ children }: { children: ReactNode }) {
  return <div className={classes.tiles}>{children}</div>;
}

/** One figure and what it is. */
export function Tile({ name, value, note }: { name: string; value: string; note?: ReactNode }) {
  return (
    <div className={classes.tile} data-testid="figure">
      <span className={classes.name}>{name}</span>
      <strong>{value}</strong>
      {note && <span className={classes.note}>{note}</span>}
    </div>
  );
}
