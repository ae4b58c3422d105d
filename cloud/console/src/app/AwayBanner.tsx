import { Button } from '@mantine/core';
import { IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { useI18n } from '@/i18n';
import { useNow } from '@/lib/useNow';
import { useConnection } from '@/stream/useConnection';
import classes from './Shell.module.css';

/** A break that is over sooner is not worth a word. */
const graceMs = 2_000;

/** While the host is away: since when, that what is shown is from then, and a way not to wait for the next try. */
export function AwayBanner() {
  const { lostAtMs } = useConnection();
  return lostAtMs === null ? null : <Away sinceMs={lostAtMs} />;
}

function Away({ sinceMs }: { sinceMs: number }) {
  const { t, time, span } = useI18n();
  const { state, retry } = useConnection();
  const awayMs = useNow() - sinceMs;
  if (awayMs < graceMs) return null;
  return (
    <div className={classes.away} role="alert" data-testid="host-away">
      <IconPlugConnectedX size={18} aria-hidden />
      {/* Told once; the seconds that pass are not read out. */}
      <span>
        {t('away.text', { at: time(sinceMs) })} <span aria-hidden>({span(awayMs)})</span>
      </span>
      <Button
        variant="default"
        loading={state === 'connecting'}
        leftSection={<IconRefresh size={14} aria-hidden />}
        onClick={retry}
        data-testid="host-retry"
      >
        {t('action.retry')}
      </Button>
    </div>
  );
}
