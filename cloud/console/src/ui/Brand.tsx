import classes from './Brand.module.css';

/** The product's sign and name. */
export function Brand() {
  return (
    <span className={classes.brand}>
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden>
        <rect width="32" height="32" rx="7" fill="#0b6b74" />
        <circle
          cx="16"
          cy="16"
          r="8.5"
          fill="none"
          stroke="#fff"
          strokeWidth="3"
          strokeDasharray="40 14"
          strokeLinecap="round"
          transform="rotate(-60 16 16)"
        />
        <circle cx="16" cy="16" r="3" fill="#fff" />
      </svg>
      <span className={classes.word}>OmniIoT</span>
    </span>
  );
}
