import { useI18n } from '@/i18n';
import { useConnection } from '@/stream/useConnection';
import classes from './Shell.module.css';

/** Tells whether what is shown is live. */
export function ConnectionMark() {
  const { t } = useI18n();
  const { state } = useConnection();
  return (
    <span
      className={classes.connection}
      data-testid="connection-state"
      data-state={state}
      role="status"
      title={t(`connection.${state}.hint`)}
    >
      <i aria-hidden />
      <span>{t(`connection.${state}`)}</span>
    </span>
  );
}
