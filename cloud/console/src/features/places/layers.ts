import { useComputedColorScheme } from '@mantine/core';
import L from 'leaflet';
import { useEffect, useMemo } from 'react';
import { useNames } from '@/api/names';
import type { Fence } from '@/api/documents';
import type { Beacon } from '@/api/types';
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

function layerOf(fence: Fence, options: L.PathOptions): L.Path {
  if (fence.geometry.type === 'Point') return L.circle(centreOf(fence.geometry), { ...options, radius: fence.radiusMeters ?? 1 });
  return L.polygon(ringsOf(fence.geometry), options);
}

interface FenceLayer {
  fences: Fence[];
  selected: string | undefined;
  /** The one that is being edited. */
  hidden: string | null;
  /** While drawing, a click means a corner; the map handles it. */
  drawing: boolean;
  onSelect: (id: string) => void;
}

/** Fences on one canvas, the selected one emphasised: thousands of elements would hold the page up. */
export function useFenceLayer(map: L.Map | null, { fences, selected, hidden, drawing, onSelect }: FenceLayer) {
  const scheme = useComputedColorScheme();
  const renderer = useMemo(() => map && L.canvas({ padding: 0.4, pane: 'overlayPane' }), [map]);
  useEffect(() => {
    if (!map || !renderer) return;
    const color = getComputedStyle(document.documentElement).getPropertyValue('--accent').trim();
    const group = L.layerGroup().addTo(map);
    for (const fence of fences) {
      if (fence.id === hidden) continue;
      const chosen = fence.id === selected;
      const style = {
        renderer,
        color,
        weight: chosen ? 3 : 1.75,
        fillColor: color,
        fillOpacity: chosen ? 0.22 : 0.1,
        interactive: !drawing,
      };
      group.addLayer(layerOf(fence, style).on('click', () => onSelect(fence.id)));
    }
    return () => void group.remove();
  }, [map, renderer, scheme, fences, selected, hidden, drawing, onSelect]);
}

/** Names beyond these would only cover each other. */
const mostLabels = 60;
/** Where there are more fences than this in sight, those that are narrower on the screen go without a name. */
const fewFences = 30;
const wideEnough = 48;
/** About the size of a name in the map's font. */
const labelHeight = 18;
const labelWidth = (name: string) => 7 * name.length + 8;

/** The names of the largest fences in sight, as far as they do not cover each other, the selected one's always; `moves` tells that the map moved. */
export function useFenceLabels(map: L.Map | null, fences: Fence[], selected: string | undefined, moves: number) {
  useEffect(() => {
    if (!map) return;
    const group = L.layerGroup().addTo(map);
    for (const { fence, at } of labelled(map, fences, selected)) {
      const label = L.tooltip({ permanent: true, direction: 'bottom', offset: [0, -4], className: 'map-label' });
      // Below the fence, so that a name never covers a small fence and who is in it.
      group.addLayer(label.setLatLng(at).setContent(plain(fence.name)));
    }
    return () => void group.remove();
  }, [map, fences, selected, moves]);
}

function labelled(map: L.Map, fences: Fence[], selected: string | undefined) {
  const view = map.getBounds();
  const seen = fences.flatMap((fence) => {
    const bounds = boundsOf([fence]);
    if (!fence.name || !view.intersects(bounds)) return [];
    const at = L.latLng(bounds.getSouth(), bounds.getCenter().lng);
    const width = map.latLngToContainerPoint(bounds.getNorthEast()).x - map.latLngToContainerPoint(bounds.getSouthWest()).x;
    return [{ fence, at, size: fence.id === selected ? Infinity : width }];
  });
  const taken: L.Bounds[] = [];
  return (seen.length > fewFences ? seen.filter(({ size }) => size >= wideEnough) : seen)
    .sort((a, b) => b.size - a.size)
    .filter(({ fence, at }) => {
      if (taken.length >= mostLabels) return false;
      const { x, y } = map.latLngToContainerPoint(at);
      const half = labelWidth(fence.name) / 2;
      const place = L.bounds([x - half, y], [x + half, y + labelHeight]);
      if (taken.some((other) => other.overlaps(place))) return false;
      taken.push(place);
      return true;
    });
}

const waves =
  '<svg viewBox="0 0 24 24" width="13" height="13" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" aria-hidden="true"><circle cx="12" cy="12" r="1.5" fill="currentColor"/><path d="M8 16a5.7 5.7 0 0 1 0-8M16 8a5.7 5.7 0 0 1 0 8M5 19A9.9 9.9 0 0 1 5 5M19 5a9.9 9.9 0 0 1 0 14"/></svg>';

/** One sign per site that has a fence in sight, with its beacons in the tooltip. */
export function useSiteLayer(map: L.Map | null, fences: Fence[], beacons: Beacon[]) {
  const sites = useMemo(() => sitesWithBeacons(fences, beacons), [fences, beacons]);
  const ids = useMemo(() => [...sites.keys()], [sites]);
  const siteNames = useNames('sites', ids);
  useEffect(() => {
    if (!map) return;
    const group = L.layerGroup().addTo(map);
    for (const [id, { fence, own }] of sites) {
      const bounds = boundsOf([fence]);
      const icon = L.divIcon({
        className: 'map-beacon',
        html: waves + (own.length > 1 ? `<b aria-hidden="true">${own.length}</b>` : ''),
        iconSize: [own.length > 1 ? 38 : 24, 22],
        iconAnchor: [own.length > 1 ? 19 : 12, 26],
      });
      const names = [
        siteNames.get(id) ?? id,
        ...own.map((beacon) => `${beacon.name ?? beacon.id}${beacon.zone ? ` · ${beacon.zone}` : ''}`),
      ];
      const mark = named(L.marker([bounds.getNorth(), bounds.getCenter().lng], { icon }), `${own.length} – ${names.join(', ')}`);
      group.addLayer(mark.bindTooltip(plain(names.join('\n')), { className: 'map-tip', offset: [0, -26], direction: 'top' }));
    }
    return () => void group.remove();
  }, [map, sites, siteNames]);
}

/** Signs beyond these would cover the map. */
const mostSigns = 200;

function sitesWithBeacons(fences: Fence[], beacons: Beacon[]) {
  const bySite = new Map<string | null, Beacon[]>();
  for (const beacon of beacons) bySite.set(beacon.siteId, [...(bySite.get(beacon.siteId) ?? []), beacon]);
  const sites = new Map<string, { fence: Fence; own: Beacon[] }>();
  for (const fence of fences) {
    const own = bySite.get(fence.siteId);
    if (fence.siteId && own && !sites.has(fence.siteId) && sites.size < mostSigns) sites.set(fence.siteId, { fence, own });
  }
  return sites;
}
