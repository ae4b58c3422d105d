import 'leaflet/dist/leaflet.css';
import './map.css';
import L from 'leaflet';
import { useEffect, useRef, useState } from 'react';
import { Graticule } from './graticule';

const startView: L.LatLngExpression = [40.4, 49.87];

/** A map without any outside resource: our own graticule, and tiles only when an address for them is set. */
export function useLeaflet(tileUrl: string) {
  const holder = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<L.Map | null>(null);

  useEffect(() => {
    if (!holder.current) return;
    const created = L.map(holder.current, {
      attributionControl: false,
      zoomControl: false,
      doubleClickZoom: false,
      maxZoom: 22,
      worldCopyJump: true,
      // Leaflet ends a zoom that is under way by a timer, which fails when the page was left meanwhile.
      zoomAnimation: false,
    });
    created.setView(startView, 12);
    L.control.zoom({ position: 'bottomright' }).addTo(created);
    L.control.scale({ imperial: false, position: 'bottomleft' }).addTo(created);
    new Graticule().addTo(created);
    const resized = new ResizeObserver(() => created.invalidateSize());
    resized.observe(holder.current);
    setMap(created);
    return () => {
      resized.disconnect();
      created.remove();
      setMap(null);
    };
  }, []);

  useEffect(() => {
    if (!map || !tileUrl) return;
    const tiles = L.tileLayer(tileUrl, { maxZoom: 22, maxNativeZoom: 19 }).addTo(map);
    return () => void tiles.remove();
  }, [map, tileUrl]);

  return { holder, map };
}
