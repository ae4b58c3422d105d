import { useEffect, useRef, type ReactNode } from 'react';
import classes from './Panel.module.css';

/** A titled surface. `flush` lets the content reach the edges. */
export function Panel(props: { title?: ReactNode; actions?: ReactNode; flush?: boolean; children: ReactNode; className?: string }) {
  const { title, actions, flush, children, className } = props;
  return (
    <section className={`${classes.panel} ${className ?? ''}`}>
      {(title || actions) && (
        <header className={classes.head}>
          <h2>{title}</h2>
          <div className={classes.actions}>{actions}</div>
        </header>
      )}
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  );
}

/** The page's name line with what can be done on it; the name is the window's title too. */
export function PageHead({ title, lead, actions }: { title: ReactNode; lead?: ReactNode; actions?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${heading.current?.textContent} – OmniIoT`;
  });
  return (
    <header className={classes.page}>
      <div className={classes.pageText}>
        <h1 ref={heading}>{title}</h1>
        {lead && <div className={classes.lead}>{lead}</div>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}

/** A label and its value, for short facts in a row or a column. */
export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export function Facts({ children }: { children: ReactNode }) {
  return <dl className={classes.facts}>{children}</dl>;
}
