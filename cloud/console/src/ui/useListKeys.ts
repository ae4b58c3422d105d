import { useHotkeys } from '@mantine/hooks';
import { useRef } from 'react';

/**
 * j and k move through the links of a list that are marked with `data-row-link`; a presses the button marked with `data-assign-me` in the
 * row that has the focus. The browser itself opens a link with Enter.
 */
export function useListKeys() {
  const list = useRef<HTMLUListElement>(null);
  const move = (by: number) => {
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('a[data-row-link]') ?? [])];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
  };
  const assignFocused = () =>
    document.activeElement?.closest('li')?.querySelector<HTMLButtonElement>('button[data-assign-me]')?.click();
  useHotkeys([
    ['j', () => move(1)],
    ['k', () => move(-1)],
    ['a', assignFocused],
  ]);
  return list;
}
