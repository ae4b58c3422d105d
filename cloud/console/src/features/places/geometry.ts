import type { FieldMistake } from '@/api/client';
import type { Fence, Geometry } from '@/api/types';

/** Latitude, longitude in degrees: the map's order. GeoJSON's lon, lat exists only in `toGeoJson` and `shapeOf`. */
export type LatLon = [latitude: number, longitude: number];

export type Shape =
  | { type: 'polygon'; corners: LatLon[]; holes: LatLon[][] }
  | { type: 'circle'; centre: LatLon | null; radiusMeters: number };

/** What is drawn or changed, before it is saved. */
export interface Draft {
  /** Null until a new fence gets its id from its name. */
  id: string | null;
  name: string;
  siteId: string | null;
  /** Names a site to be made with the fence; null when `siteId` tells an existing one. */
  newSite: string | null;
  shape: Shape;
}

const turn = ([lon, lat]: number[]): LatLon => [lat ?? 0, lon ?? 0];
/** About a centimetre; more digits would only be noise of the pointer. */
const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;
const back = ([lat, lon]: LatLon): number[] => [round(lon), round(lat)];
const open = (ring: number[][]): LatLon[] => ring.slice(0, -1).map(turn);
const closed = (corners: LatLon[]): number[][] => [...corners, corners[0]!].map(back);

/** A fence's shape for the editor; null for shapes that it cannot change. */
export function shapeOf({ geometry, radiusMeters }: Pick<Fence, 'geometry' | 'radiusMeters'>): Shape | null {
  if (geometry.type === 'Point') return { type: 'circle', centre: turn(geometry.coordinates), radiusMeters: radiusMeters ?? 100 };
  if (geometry.type !== 'Polygon') return null;
  const [outer = [], ...holes] = geometry.coordinates;
  return { type: 'polygon', corners: open(outer), holes: holes.map(open) };
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
  if (geometry.type === 'Polygon') return [geometry.coordinates.map((ring) => ring.map(turn))];
  if (geometry.type === 'MultiPolygon') return geometry.coordinates.map((polygon) => polygon.map((ring) => ring.map(turn)));
  return [];
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
    const parts = line.trim().split(/[\s,;]+/).map(Number);
    const [lat, lon] = parts;
    if (parts.length !== 2 || lat === undefined || lon === undefined) return null;
    if (!(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return null;
    corners.push([lat, lon]);
  }
  return corners;
}

/** An id made of a name's ASCII letters and digits, not among `taken`. */
export function idFor(name: string, taken: string[], unnamed = 'fence'): string {
  const plain = name.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  const stem = plain || unnamed;
  if (!taken.includes(stem)) return stem;
  let n = 2;
  while (taken.includes(`${stem}-${n}`)) n++;
  return `${stem}-${n}`;
}
