import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

const content = () => document.getElementById('content');
const linkTo = (address: string) => content()?.querySelector<HTMLElement>(`a[href=${JSON.stringify(address)}]`);

/** The focus is nowhere: what had it went away with its page. */
const isLost = () => document.activeElement === document.body || document.activeElement === content();

/** Focuses a link as soon as its page shows it, unless the person went on meanwhile; returns how to give it up. */
function focusWhenShown(address: string): () => void {
  const focus = () => {
    const link = linkTo(address);
    if (link && isLost()) link.focus();
    return link !== null && link !== undefined;
  };
  if (focus()) return () => {};
  const observer = new MutationObserver(() => (focus() || !isLost()) && observer.disconnect());
  observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}

/** For those who use the keyboard: a new page begins at its head, and on the way back one stands at the link that one left by. */
export function useFocusAcrossPages() {
  const router = useRouter();
  useEffect(() => {
    const leftBy = new Map<string, string>();
    const keyOf = () => router.history.location.state.__TSR_key ?? '';
    let entry = keyOf();
    let pathname = router.history.location.pathname;
    let next: (() => void) | null = null;
    let giveUp = () => {};
    const endHistory = router.history.subscribe(({ location, action }) => {
      giveUp();
      const link = document.activeElement?.closest('#content a[href]')?.getAttribute('href');
      if (link) leftBy.set(entry, link);
      entry = keyOf();
      const isOther = location.pathname !== pathname;
      pathname = location.pathname;
      next = null;
      if (!isOther) return;
      if (action.type === 'PUSH') next = () => content()?.focus({ preventScroll: true });
      else if (action.type !== 'REPLACE') next = () => (giveUp = focusWhenShown(leftBy.get(entry) ?? ''));
    });
    const endRouter = router.subscribe('onRendered', () => {
      next?.();
      next = null;
    });
    return () => {
      giveUp();
      endHistory();
      endRouter();
    };
  }, [router]);
}
