import type L from 'leaflet';
import { useEffect, useState } from 'react';

export const wholeEarth = '-180,-90,180,90';

/** West, south, east, north of an area in degrees, on a grid as coarse as the area, so that moving a little asks for the same again. */
export function snapped(west: number, south: number, east: number, north: number): string {
  const cell = 2 ** Math.ceil(Math.log2(Math.max(east - west, north - south, 1e-6) / 2));
  const low = (value: number, limit: number) => Math.max(-limit, Math.floor(value / cell) * cell);
  const high = (value: number, limit: number) => Math.min(limit, Math.ceil(value / cell) * cell);
  const box = [low(west, 180), low(south, 90), high(east, 180), high(north, 90)] as const;
  // A view of the map's copies beside the earth.
  return box[0] > box[2] || box[1] > box[3] ? wholeEarth : box.join(',');
}

/** The part of the earth that the map shows, and a number that changes with every move. */
export function useViewport(map: L.Map | null) {
  const [view, setView] = useState({ box: wholeEarth, moves: 0 });
  useEffect(() => {
    if (!map) return;
    const moved = () => {
      const bounds = map.getBounds();
      setView(({ moves }) => ({
        box: snapped(bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()),
        moves: moves + 1,
      }));
    };
    moved();
    map.on('moveend resize', moved);
    return () => void map.off('moveend resize', moved);
  }, [map]);
  return view;
}
