import L from 'leaflet';
import { useEffect } from 'react';
import { distanceMeters, type LatLon, type Shape } from './geometry';
import { named, plain } from './leafletText';

export interface Mistake {
  at: LatLon;
  message: string;
}

const corner = L.divIcon({ className: 'map-corner', iconSize: [14, 14] });
const middle = L.divIcon({ className: 'map-corner map-corner-add', iconSize: [10, 10] });

const pair = ({ lat, lng }: L.LatLng): LatLon => [lat, lng];

interface DraftLayer {
  shape: Shape | null;
  /** Whether a click on the map adds to the shape: while a new fence is drawn. */
  adding: boolean;
  mistakes: Mistake[];
  onChange: (shape: Shape) => void;
}

/** What is being drawn, with handles to change it; each change gives a new shape. */
export function useDraftLayer(map: L.Map | null, { shape, adding, mistakes, onChange }: DraftLayer) {
  useEffect(() => {
    if (!map || !shape) return;
    const group = L.layerGroup().addTo(map);
    if (shape.type === 'polygon') drawPolygon(group, shape, onChange);
    else drawCircle(group, shape, onChange);
    for (const { at, message } of mistakes) {
      const ring = L.circleMarker(at, { radius: 11, className: 'map-mistake' });
      group.addLayer(
        ring.bindTooltip(plain(message), { permanent: true, className: 'map-tip map-tip-mistake', direction: 'top', offset: [0, -10] }),
      );
    }
    return () => void group.remove();
  }, [map, shape, mistakes, onChange]);

  useEffect(() => {
    if (!map || !shape || !adding) return;
    const drawn = (event: L.LeafletMouseEvent) => onChange(afterClick(shape, pair(event.latlng)));
    map.on('click', drawn);
    map.getContainer().classList.add('map-drawing');
    return () => {
      map.off('click', drawn);
      map.getContainer().classList.remove('map-drawing');
    };
  }, [map, shape, adding, onChange]);
}

/** The shape after a click on the map: one corner more, the circle's centre, or a point on its edge. */
function afterClick(shape: Shape, at: LatLon): Shape {
  if (shape.type === 'polygon') return { ...shape, corners: [...shape.corners, at] };
  if (!shape.centre) return { ...shape, centre: at };
  return { ...shape, radiusMeters: Math.max(1, Math.round(distanceMeters(shape.centre, at))) };
}

function drawPolygon(group: L.LayerGroup, shape: Extract<Shape, { type: 'polygon' }>, onChange: (shape: Shape) => void) {
  const { corners, holes } = shape;
  const outline =
    corners.length < 3
      ? L.polyline(corners, { className: 'map-draft' })
      : L.polygon([corners, ...holes], { className: 'map-draft', interactive: false });
  group.addLayer(outline);
  const set = (next: LatLon[]) => onChange({ ...shape, corners: next });
  corners.forEach((at, i) => {
    const handle = named(L.marker(at, { icon: corner, draggable: true, bubblingMouseEvents: false }), String(i + 1));
    const remove = () => set(corners.filter((_, other) => other !== i));
    handle.on('dragend', () => set(corners.with(i, pair(handle.getLatLng()))));
    handle.on('contextmenu', remove);
    handle.on('keydown', (event) => event.originalEvent.key === 'Delete' && remove());
    group.addLayer(handle);
  });
  if (corners.length < 3) return;
  corners.forEach((at, i) => {
    const next = corners[(i + 1) % corners.length]!;
    const handle = L.marker([(at[0] + next[0]) / 2, (at[1] + next[1]) / 2], {
      icon: middle,
      draggable: true,
      keyboard: false,
      bubblingMouseEvents: false,
    });
    handle.on('dragend', () => set(corners.toSpliced(i + 1, 0, pair(handle.getLatLng()))));
    group.addLayer(handle);
  });
}

function drawCircle(group: L.LayerGroup, shape: Extract<Shape, { type: 'circle' }>, onChange: (shape: Shape) => void) {
  const { centre, radiusMeters } = shape;
  if (!centre) return;
  const circle = L.circle(centre, { radius: radiusMeters, className: 'map-draft', interactive: false });
  const handle = named(L.marker(centre, { icon: corner, draggable: true, bubblingMouseEvents: false }), '0');
  handle.on('drag', () => circle.setLatLng(handle.getLatLng()));
  handle.on('dragend', () => onChange({ ...shape, centre: pair(handle.getLatLng()) }));
  group.addLayer(circle).addLayer(handle);
}
