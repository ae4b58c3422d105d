import { describe, expect, it } from 'vitest';
import {
  centreOf,
  distanceMeters,
  isComplete,
  placeOf,
  readCorners,
  ringsOf,
  shapeOf,
  showCorners,
  toGeoJson,
  type Shape,
} from './geometry';

const corners: [number, number][] = [
  [40, 49],
  [40, 50],
  [41, 50],
];
const polygon: Shape = { type: 'polygon', corners, holes: [] };

describe('Fence geometry', () => {
  it('writes longitude first and closes the ring', () => {
    const { geometry } = toGeoJson({ name: ' Bar ', siteId: null, shape: polygon });
    expect(geometry).toEqual({
      type: 'Polygon',
      coordinates: [
        [
          [49, 40],
          [50, 40],
          [50, 41],
          [49, 40],
        ],
      ],
    });
  });

  it('reads back what it wrote', () => {
    const circle: Shape = { type: 'circle', centre: [40.5, 49.5], radiusMeters: 80 };
    for (const shape of [polygon, circle]) {
      expect(shapeOf(toGeoJson({ name: 'x', siteId: null, shape }))).toEqual(shape);
    }
  });

  it('does not offer several polygons for editing', () => {
    expect(shapeOf({ geometry: { type: 'MultiPolygon', coordinates: [] } })).toBeNull();
  });

  it('is complete with three corners, or a centre and a radius', () => {
    expect(isComplete(polygon)).toBe(true);
    expect(isComplete({ ...polygon, corners: corners.slice(1) } as Shape)).toBe(false);
    expect(isComplete({ type: 'circle', centre: null, radiusMeters: 10 })).toBe(false);
  });

  it('measures a degree of latitude', () => {
    expect(distanceMeters([40, 49], [41, 49])).toBeCloseTo(111_195, -1);
  });
});

describe('The antimeridian', () => {
  const across = {
    type: 'Polygon' as const,
    coordinates: [
      [
        [179, 0],
        [-179, 0],
        [-179, 2],
        [179, 2],
        [179, 0],
      ],
    ],
  };
  const cut = {
    type: 'MultiPolygon' as const,
    coordinates: [
      [
        [
          [179, 0],
          [180, 0],
          [180, 2],
          [179, 2],
          [179, 0],
        ],
      ],
      [
        [
          [-180, 0],
          [-179, 0],
          [-179, 2],
          [-180, 2],
          [-180, 0],
        ],
      ],
    ],
  };

  it.each([across, cut])('is not drawn around the world', (geometry) => {
    const longitudes = ringsOf(geometry)
      .flat(2)
      .map((point) => point[1]);
    expect([Math.min(...longitudes), Math.max(...longitudes)]).toEqual([179, 181]);
    expect(centreOf(geometry)).toEqual([1, 180]);
  });

  it('is edited in one piece and written within ±180', () => {
    const shape = shapeOf({ geometry: across })!;
    expect(shape).toEqual({
      type: 'polygon',
      corners: [
        [0, 179],
        [0, 181],
        [2, 181],
        [2, 179],
      ],
      holes: [],
    });
    expect(toGeoJson({ name: 'x', siteId: null, shape }).geometry).toEqual(across);
  });

  it('leaves a cap around a pole whole', () => {
    const cap = {
      type: 'Polygon' as const,
      coordinates: [
        [
          [-180, 80],
          [180, 80],
          [180, 90],
          [-180, 90],
          [-180, 80],
        ],
      ],
    };
    expect(ringsOf(cap)[0]![0]!.map((point) => point[1])).toEqual([-180, 180, 180, -180, -180]);
  });
});

describe('placeOf', () => {
  it.each([
    ['/geometry/coordinates/0/2', corners[2]],
    ['/geometry/coordinates/0/3', corners[0]],
    ['/geometry/coordinates/0', null],
    ['/name', null],
    [undefined, null],
  ])('finds the corner of %s', (pointer, place) => {
    expect(placeOf({ pointer, message: 'is wrong' }, polygon)).toEqual(place);
  });

  it('believes the position that a message tells', () => {
    const mistake = { pointer: '/geometry/coordinates/0', message: 'crosses itself at latitude 40.4, longitude -49.8' };
    expect(placeOf(mistake, polygon)).toEqual([40.4, -49.8]);
  });
});

describe('Corners as text', () => {
  it('reads what it shows', () => {
    expect(readCorners(showCorners(corners))).toEqual(corners);
  });

  it.each(['40', '40, x', '91, 0', '0, 181', '1, 2, 3'])('refuses %s', (text) => {
    expect(readCorners(text)).toBeNull();
  });
});
