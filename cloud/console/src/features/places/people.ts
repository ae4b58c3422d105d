import L from 'leaflet';
import { useEffect, useRef } from 'react';
import type { Fence } from '@/api/documents';
import type { Presence } from '@/api/types';
import { centreOf } from './geometry';
import { named, plain } from './leafletText';

const hasPosition = (person: Presence) => typeof person.lat === 'number' && typeof person.lon === 'number';
const nameOf = (person: Presence) => person.name ?? person.customerId;

/** Each person once: who is in a fence and near a beacon at a time has two visits. The fence's tells more. */
export function onePerPerson(people: Presence[]): Presence[] {
  const byId = new Map<string, Presence>();
  for (const person of people) {
    if (!byId.get(person.customerId)?.fenceId) byId.set(person.customerId, person);
  }
  return [...byId.values()];
}

/** Shoppers: a dot where the position is known, else their number in the middle of the fence they are in. */
export function usePeopleLayer(map: L.Map | null, people: Presence[], fences: Fence[], onOpen: (customerId: string) => void) {
  usePositions(map, people, onOpen);
  useCounts(map, people, fences);
}

/** A dot moves when its position does. */
function usePositions(map: L.Map | null, people: Presence[], onOpen: (customerId: string) => void) {
  const marks = useRef(new Map<string, L.Marker>());
  const open = useRef(onOpen);
  open.current = onOpen;

  useEffect(() => {
    if (!map) return;
    const known = marks.current;
    const present = people.filter(hasPosition);
    const ids = new Set(present.map((person) => person.customerId));
    for (const [id, mark] of known) {
      if (ids.has(id)) continue;
      mark.remove();
      known.delete(id);
    }
    for (const person of present) {
      const at: L.LatLngTuple = [person.lat!, person.lon!];
      const mark = known.get(person.customerId);
      if (mark) mark.setLatLng(at);
      else known.set(person.customerId, personMark(person, at, () => open.current(person.customerId)).addTo(map));
    }
  }, [map, people]);

  useEffect(() => {
    const known = marks.current;
    return () => known.clear();
  }, [map]);
}

function personMark(person: Presence, at: L.LatLngTuple, onOpen: () => void): L.Marker {
  const icon = L.divIcon({ className: 'map-person', html: '<i></i>', iconSize: [24, 24] });
  const mark = named(L.marker(at, { icon, riseOnHover: true }), nameOf(person));
  mark.bindTooltip(plain(nameOf(person)), { className: 'map-tip', direction: 'top', offset: [0, -6] });
  return mark.on('click', onOpen);
}

function useCounts(map: L.Map | null, people: Presence[], fences: Fence[]) {
  useEffect(() => {
    if (!map) return;
    const group = L.layerGroup().addTo(map);
    for (const [fence, inside] of byFence(people, fences)) {
      const names = inside.map(nameOf);
      const icon = L.divIcon({
        className: 'map-count',
        html: `<b aria-hidden="true">${inside.length}</b>`,
        iconSize: [26, 26],
        iconAnchor: [13, 13],
      });
      const mark = named(L.marker(centreOf(fence.geometry), { icon }), `${inside.length} – ${names.join(', ')}`);
      group.addLayer(mark.bindTooltip(plain(names.join('\n')), { className: 'map-tip', direction: 'top', offset: [0, -12] }));
    }
    return () => void group.remove();
  }, [map, people, fences]);
}

/** People without a position under their fence, or any fence of their site. */
function byFence(people: Presence[], fences: Fence[]): Map<Fence, Presence[]> {
  const groups = new Map<Fence, Presence[]>();
  for (const person of people) {
    if (hasPosition(person)) continue;
    const fence = fences.find((known) => known.id === person.fenceId) ?? fences.find((known) => known.siteId === person.siteId);
    if (fence) groups.set(fence, [...(groups.get(fence) ?? []), person]);
  }
  return groups;
}
