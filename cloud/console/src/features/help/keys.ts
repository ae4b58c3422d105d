/** Something on the page that a key stands for. */
export interface PageKey {
  key: string;
  name: string;
}

const isShown = (element: HTMLElement) => element.getClientRects().length > 0 && !element.hasAttribute('disabled');

const marked = () => [...document.querySelectorAll<HTMLElement>('[data-key]')].filter(isShown);

/** Keys that do something on the page as it is now, each with what its element is called. */
export function pageKeys(): PageKey[] {
  const named = new Map<string, string>();
  for (const element of marked()) {
    const key = element.dataset.key!;
    if (!named.has(key)) named.set(key, element.getAttribute('aria-label') ?? element.textContent ?? '');
  }
  return [...named].map(([key, name]) => ({ key, name }));
}

/** Does what a key stands for: a field is gone to, anything else is pressed. True when there was something. */
export function press(key: string): boolean {
  const element = marked().find((one) => one.dataset.key === key);
  if (!element) return false;
  if (element.matches('input, textarea, select')) element.focus();
  else element.click();
  return true;
}
