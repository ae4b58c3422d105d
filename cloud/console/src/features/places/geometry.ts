import type { FieldMistake } from '@/api/client';
import type { Fence, Geometry } from '@/api/documents';

/** Latitude, longitude in degrees: the map's order. GeoJSON's lon, lat exists only in `toGeoJson` and `shapeOf`. */
export type LatLon = [latitude: number, longitude: number];

export type Shape =
  { type: 'polygon'; corners: LatLon[]; holes: LatLon[][] } | { type: 'circle'; centre: LatLon | null; radiusMeters: number };

/** What is drawn or changed, before it is saved. */
export interface Draft {
  /** Null until a new fence gets its id from its name. */
  id: string | null;
  /** The version that is changed; null for a new one. */
  etag: string | null;
  name: string;
  siteId: string | null;
  /** Names a site to be made with the fence; null when `siteId` tells an existing one. */
  newSite: string | null;
  shape: Shape;
}

const turn = ([lon, lat]: number[]): LatLon => [lat ?? 0, lon ?? 0];
/** About a centimetre; more digits would only be noise of the pointer. */
const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;
/** A longitude within ±180; the map counts on beyond it. */
const rolled = (lon: number) => lon - 360 * Math.round(lon / 360);
const back = ([lat, lon]: LatLon): number[] => [round(rolled(lon)), round(lat)];
const open = (ring: number[][]): LatLon[] => unrolled(ring).slice(0, -1);
const closed = (corners: LatLon[]): number[][] => [...corners, corners[0]!].map(back);

/**
 * A ring in longitudes that run on across the antimeridian, so that the map does not draw it around the world: a step over 180°
 * is the short way round, as on the server. One of a whole turn is a parallel and stays.
 */
function unrolled(ring: number[][]): LatLon[] {
  let turns = 0;
  return ring.map(turn).map(([lat, lon], i, corners): LatLon => {
    const step = lon - (corners[i - 1]?.[1] ?? lon);
    if (Math.abs(step) > 180 && Math.abs(step) < 360) turns -= Math.sign(step);
    return [lat, lon + 360 * turns];
  });
}

/** Rings moved by whole turns to where the first one is, so that the parts of a fence lie side by side. */
function together(rings: LatLon[][], first: LatLon[] | undefined = rings[0]): LatLon[][] {
  const middle = (ring: LatLon[] = []) => (Math.min(...ring.map((p) => p[1])) + Math.max(...ring.map((p) => p[1]))) / 2;
  return rings.map((ring) => {
    const turns = Math.round((middle(first) - middle(ring)) / 360);
    return turns === 0 ? ring : ring.map(([lat, lon]): LatLon => [lat, lon + 360 * turns]);
  });
}

/** A fence's shape for the editor; null for shapes that it cannot change. */
export function shapeOf({ geometry, radiusMeters }: Pick<Fence, 'geometry' | 'radiusMeters'>): Shape | null {
  if (geometry.type === 'Point') return { type: 'circle', centre: turn(geometry.coordinates), radiusMeters: radiusMeters ?? 100 };
  if (geometry.type !== 'Polygon') return null;
  const [corners = [], ...holes] = together(geometry.coordinates.map(open));
  return { type: 'polygon', corners, holes };
}

/** Whether enough is drawn to be saved. */
export const isComplete = (shape: Shape) =>
  shape.type === 'polygon' ? shape.corners.length >= 3 : shape.centre !== null && shape.radiusMeters > 0;

/** The body of `PUT /fences/{id}`; the shape must be complete. */
export function toGeoJson({ name, siteId, shape }: Pick<Draft, 'name' | 'siteId' | 'shape'>): Omit<Fence, 'id'> {
  const geometry: Geometry =
    shape.type === 'polygon'
      ? { type: 'Polygon', coordinates: [closed(shape.corners), ...shape.holes.map(closed)] }
      : { type: 'Point', coordinates: back(shape.centre!) };
  const radius = shape.type === 'circle' ? { radiusMeters: shape.radiusMeters } : {};
  return { siteId, name: name.trim(), geometry, ...radius };
}

/** All rings of a fence as the map draws them; none for a point. */
export function ringsOf(geometry: Geometry): LatLon[][][] {
  if (geometry.type === 'Point') return [];
  const polygons = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).map((rings) => rings.map(unrolled));
  return polygons.map((rings) => together(rings, polygons[0]?.[0]));
}

/** The middle of a fence's box, good enough to put a label or to move the map. */
export function centreOf(geometry: Geometry): LatLon {
  if (geometry.type === 'Point') return turn(geometry.coordinates);
  const points = ringsOf(geometry).flat(2);
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  return [middle(points.map((p) => p[0])), middle(points.map((p) => p[1]))];
}

const earthRadiusMeters = 6_371_008.8;

/** Great-circle distance in metres, on the sphere that the contract names. */
export function distanceMeters(a: LatLon, b: LatLon): number {
  const rad = Math.PI / 180;
  const dLat = (b[0] - a[0]) * rad;
  const dLon = (b[1] - a[1]) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a[0] * rad) * Math.cos(b[0] * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * earthRadiusMeters * Math.asin(Math.min(1, Math.sqrt(h)));
}

/**
 * Where a refused fence is wrong: the position that the message tells (a crossing lies between corners),
 * else the corner that the pointer names; null when there is neither.
 */
export function placeOf({ pointer, message }: Pick<FieldMistake, 'pointer' | 'message'>, shape: Shape): LatLon | null {
  const match = /^\/geometry\/coordinates(?:\/(\d+))?(?:\/(\d+))?/.exec(pointer ?? '');
  if (!match) return null;
  const told = /latitude (-?[\d.]+), longitude (-?[\d.]+)/.exec(message);
  if (told) return [Number(told[1]), Number(told[2])];
  if (shape.type === 'circle') return shape.centre;
  if (match[2] === undefined) return null;
  const ring = match[1] === '0' ? shape.corners : shape.holes[Number(match[1]) - 1];
  return ring?.[Number(match[2]) % ring.length] ?? null;
}

/** Corners as lines of `latitude, longitude`. */
export const showCorners = (corners: LatLon[]) => corners.map(([lat, lon]) => `${round(lat)}, ${round(lon)}`).join('\n');

/** Reads lines of `latitude, longitude`; null when a line is not two numbers within ±90 and ±180. */
export function readCorners(text: string): LatLon[] | null {
  const corners: LatLon[] = [];
  for (const line of text.split('\n')) {
    if (!line.trim()) continue;
    const parts = line
      .trim()
      .split(/[\s,;]+/)
      .map(Number);
    const [lat, lon] = parts;
    if (parts.length !== 2 || lat === undefined || lon === undefined) return null;
    if (!(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return null;
    corners.push([lat, lon]);
  }
  return corners;
}
