import type L from 'leaflet';

/** Text for a Leaflet tooltip, which would take a string as HTML. */
export function plain(text: string): HTMLElement {
  const span = document.createElement('span');
  span.textContent = text;
  return span;
}

/** Gives a mark the name that assistive technology reads; Leaflet names images only. */
export function named(mark: L.Marker, name: string): L.Marker {
  return mark.on('add', () => mark.getElement()?.setAttribute('aria-label', name));
}
