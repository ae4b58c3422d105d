/** How far below what is seen the next page is asked for already. */
const ahead = '300px';

/**
 * Calls when an element comes into view, or is in view already. Changes that come while the page is busy are told at once, the last of
 * them last: that one says where the element is now, and nothing more follows until it moves.
 */
export function whenInView(element: Element, onSeen: () => void): () => void {
  const observer = new IntersectionObserver((changes) => changes.at(-1)?.isIntersecting && onSeen(), { rootMargin: ahead });
  observer.observe(element);
  return () => observer.disconnect();
}
