import L from 'leaflet';
import { useEffect } from 'react';
import type { Beacon, Fence, Site } from '@/api/types';
import { centreOf, ringsOf } from './geometry';
import { named, plain } from './leafletText';

/** The box around fences; not valid when there are none. */
export function boundsOf(fences: Fence[]): L.LatLngBounds {
  const bounds = L.latLngBounds([]);
  for (const { geometry, radiusMeters } of fences) {
    if (geometry.type === 'Point') bounds.extend(L.latLng(centreOf(geometry)).toBounds(2 * (radiusMeters ?? 50)));
    else bounds.extend(L.latLngBounds(ringsOf(geometry).flat(2)));
  }
  return bounds;
}

/** Below the fence, so that a name never covers a small fence and who is in it. */
function labelOf(fence: Fence): L.Tooltip {
  const bounds = boundsOf([fence]);
  const label = L.tooltip({ permanent: true, direction: 'bottom', offset: [0, -4], className: 'map-label' });
  return label.setLatLng([bounds.getSouth(), bounds.getCenter().lng]).setContent(plain(fence.name));
}

function layerOf(fence: Fence, className: string): L.Path {
  if (fence.geometry.type === 'Point') return L.circle(centreOf(fence.geometry), { radius: fence.radiusMeters ?? 1, className });
  return L.polygon(ringsOf(fence.geometry), { className });
}

/** Fences, the selected one emphasised; `hidden` is the one that is being edited. */
export function useFenceLayer(map: L.Map | null, fences: Fence[], selected: string | undefined, hidden: string | null, onSelect: (id: string) => void) {
  useEffect(() => {
    if (!map) return;
    const group = L.layerGroup().addTo(map);
    for (const fence of fences) {
      if (fence.id === hidden) continue;
      const path = layerOf(fence, `map-fence ${fence.id === selected ? 'map-fence-selected' : ''}`);
      // While drawing, a click means a corner; the map handles it.
      path.on('click', () => onSelect(fence.id));
      group.addLayer(path).addLayer(labelOf(fence));
    }
    return () => void group.remove();
  }, [map, fences, selected, hidden, onSelect]);
}

const waves =
  '<svg viewBox="0 0 24 24" width="13" height="13" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" aria-hidden="true"><circle cx="12" cy="12" r="1.5" fill="currentColor"/><path d="M8 16a5.7 5.7 0 0 1 0-8M16 8a5.7 5.7 0 0 1 0 8M5 19A9.9 9.9 0 0 1 5 5M19 5a9.9 9.9 0 0 1 0 14"/></svg>';

/** One sign per site that has a fence, with its beacons in the tooltip. */
export function useSiteLayer(map: L.Map | null, sites: Site[], fences: Fence[], beacons: Beacon[], shown: boolean) {
  useEffect(() => {
    if (!map || !shown) return;
    const group = L.layerGroup().addTo(map);
    for (const site of sites) {
      const fence = fences.find((candidate) => candidate.siteId === site.id);
      const own = beacons.filter((beacon) => beacon.siteId === site.id);
      if (!fence || own.length === 0) continue;
      const bounds = boundsOf([fence]);
      const icon = L.divIcon({ className: 'map-beacon', html: waves + (own.length > 1 ? `<b aria-hidden="true">${own.length}</b>` : ''), iconSize: [own.length > 1 ? 38 : 24, 22], iconAnchor: [own.length > 1 ? 19 : 12, 26] });
      const names = [site.name, ...own.map((beacon) => `${beacon.name ?? beacon.id}${beacon.zone ? ` · ${beacon.zone}` : ''}`)];
      const mark = named(L.marker([bounds.getNorth(), bounds.getCenter().lng], { icon }), `${own.length} – ${names.join(', ')}`);
      group.addLayer(mark.bindTooltip(plain(names.join('\n')), { className: 'map-tip', offset: [0, -26], direction: 'top' }));
    }
    return () => void group.remove();
  }, [map, sites, fences, beacons, shown]);
}
