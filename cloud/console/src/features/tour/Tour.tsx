import { Button, CloseButton, Group } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useLocation } from '@tanstack/react-router';
import { useEffect } from 'react';
import { firstForMe } from '@/app/access';
import { useI18n } from '@/i18n';
import classes from './tour.module.css';
import { useTour } from './useTour';

/** The first day: offered once where somebody begins, then a card that leads over the pages. */
export function Tour() {
  const { at } = useTour();
  const { pathname } = useLocation();
  if (at === 'seen') return null;
  if (at !== undefined) return <Card at={at} />;
  return pathname === firstForMe() ? <Offer /> : null;
}

function Offer() {
  const { t } = useI18n();
  const { begin, end, steps } = useTour();
  if (steps.length === 0) return null;
  return (
    <aside className={classes.offer} aria-label={t('tour.title')} data-testid="tour-offer">
      <IconRoute size={18} stroke={1.6} aria-hidden />
      <span>{t('tour.offer')}</span>
      <Button size="compact-sm" onClick={begin} data-testid="tour-begin">
        {t('tour.begin')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={end} data-testid="tour-decline">
        {t('tour.decline')}
      </Button>
    </aside>
  );
}

/** Beside the page, which can be used all the while. */
function Card({ at }: { at: number }) {
  const { t } = useI18n();
  const { steps, goTo, end } = useTour();
  const step = steps[at];
  useMark(step?.mark ?? 'main h1');
  return (
    <aside className={classes.card} aria-label={t('tour.title')} data-testid="tour" data-step={step?.id ?? 'end'}>
      <header>
        <strong>{step ? t(step.title) : t('tour.done')}</strong>
        <CloseButton aria-label={t('tour.skip')} onClick={end} data-testid="tour-skip" />
      </header>
      <p aria-live="polite">{t(step ? step.text : 'tour.end')}</p>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <span className={classes.count}>{step && t('tour.at', { at: at + 1, of: steps.length })}</span>
        <Group gap="xs" wrap="nowrap">
          {at > 0 && (
            <Button size="compact-sm" variant="default" onClick={() => goTo(at - 1)} data-testid="tour-back">
              {t('tour.back')}
            </Button>
          )}
          <Button size="compact-sm" onClick={() => (step ? goTo(at + 1) : end())} data-testid="tour-next">
            {t(step ? 'tour.next' : 'tour.close')}
          </Button>
        </Group>
      </Group>
    </aside>
  );
}

/** Points at the first thing that a selector finds, also when it comes later. */
function useMark(selector: string) {
  useEffect(() => {
    let marked: Element | null = null;
    const look = () => {
      const found = document.querySelector(selector);
      if (found === marked) return;
      marked?.removeAttribute('data-toured');
      found?.setAttribute('data-toured', '');
      marked = found;
    };
    look();
    const watcher = new MutationObserver(look);
    watcher.observe(document.body, { childList: true, subtree: true });
    return () => {
      watcher.disconnect();
      marked?.removeAttribute('data-toured');
    };
  }, [selector]);
}
