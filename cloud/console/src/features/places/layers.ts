import L from 'leaflet';
import { useEffect } from 'react';
import type { Beacon, Fence, Site } from '@/api/types';
import { centreOf, ringsOf } from './geometry';
import { named, plain } from './leafletText';

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
      path.bindTooltip(plain(fence.name), { permanent: true, direction: 'center', className: 'map-label' });
      // While drawing, a click means a corner; the map handles it.
      path.on('click', () => onSelect(fence.id));
      group.addLayer(path);
    }
    return () => void group.remove();
  }, [map, fences, selected, hidden, onSelect]);
}

/** One sign per site that has a fence, with its beacons in the tooltip. */
export function useSiteLayer(map: L.Map | null, sites: Site[], fences: Fence[], beacons: Beacon[], shown: boolean) {
  useEffect(() => {
    if (!map || !shown) return;
    const group = L.layerGroup().addTo(map);
    for (const site of sites) {
      const fence = fences.find((candidate) => candidate.siteId === site.id);
      const own = beacons.filter((beacon) => beacon.siteId === site.id);
      if (!fence || own.length === 0) continue;
      const icon = L.divIcon({ className: 'map-beacon', html: `<b aria-hidden="true">${own.length}</b>`, iconSize: [24, 24], iconAnchor: [12, 40] });
      const names = [site.name, ...own.map((beacon) => `${beacon.name ?? beacon.id}${beacon.zone ? ` · ${beacon.zone}` : ''}`)];
      const mark = named(L.marker(centreOf(fence.geometry), { icon }), `${own.length} – ${names.join(', ')}`);
      group.addLayer(mark.bindTooltip(plain(names.join('\n')), { className: 'map-tip', offset: [0, -30], direction: 'top' }));
    }
    return () => void group.remove();
  }, [map, sites, fences, beacons, shown]);
}
