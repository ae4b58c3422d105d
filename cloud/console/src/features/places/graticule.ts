import L from 'leaflet';

/** Steps in degrees from which the one that gives the wanted spacing is taken. */
const steps = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001];
const spacingPixels = 110;
const labelRoomPixels = 60;

/** The grid of latitudes and longitudes: the ground that the map stands on without tiles. */
export class Graticule extends L.LayerGroup {
  private map: L.Map | null = null;

  override onAdd(map: L.Map): this {
    super.onAdd(map);
    this.map = map;
    map.on('moveend zoomend resize', this.redraw);
    this.redraw();
    return this;
  }

  override onRemove(map: L.Map): this {
    map.off('moveend zoomend resize', this.redraw);
    this.map = null;
    return super.onRemove(map);
  }

  private readonly redraw = () => {
    const map = this.map;
    if (!map) return;
    this.clearLayers();
    const bounds = map.getBounds().pad(0.25);
    const visible = map.getBounds();
    const degreesPerPixel = (visible.getEast() - visible.getWest()) / map.getSize().x;
    const step = steps.findLast((candidate) => candidate >= degreesPerPixel * spacingPixels) ?? steps[0]!;
    for (const lon of multiples(bounds.getWest(), bounds.getEast(), step)) {
      this.line([
        [bounds.getSouth(), lon],
        [bounds.getNorth(), lon],
      ]);
      this.label(map, [visible.getNorth(), lon], degrees(lon, step, 'E', 'W'), 'top');
    }
    for (const lat of multiples(Math.max(-85, bounds.getSouth()), Math.min(85, bounds.getNorth()), step)) {
      this.line([
        [lat, bounds.getWest()],
        [lat, bounds.getEast()],
      ]);
      this.label(map, [lat, visible.getWest()], degrees(lat, step, 'N', 'S'), 'side');
    }
  };

  private line(points: L.LatLngTuple[]) {
    this.addLayer(L.polyline(points, { className: 'map-graticule', interactive: false, weight: 1 }));
  }

  /** A label that would be cut off, or stand under the scale, is left out. */
  private label(map: L.Map, at: L.LatLngTuple, text: string, edge: 'top' | 'side') {
    const { x, y } = map.latLngToContainerPoint(at);
    const size = map.getSize();
    if (edge === 'top' ? x < 0 || x > size.x - labelRoomPixels : y < labelRoomPixels / 2 || y > size.y - labelRoomPixels) return;
    const icon = L.divIcon({ className: `map-degree map-degree-${edge}`, html: text, iconSize: [0, 0] });
    this.addLayer(L.marker(at, { icon, interactive: false, keyboard: false }));
  }
}

function* multiples(from: number, to: number, step: number) {
  for (let n = Math.ceil(from / step); n * step <= to; n++) yield n * step;
}

function degrees(value: number, step: number, positive: string, negative: string): string {
  const digits = Math.max(0, -Math.floor(Math.log10(step)));
  return `${Math.abs(value).toFixed(digits)}° ${value < 0 ? negative : positive}`;
}
