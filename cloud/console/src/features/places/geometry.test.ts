import { describe, expect, it } from 'vitest';
import { distanceMeters, idFor, isComplete, placeOf, readCorners, shapeOf, showCorners, toGeoJson, type Shape } from './geometry';

const corners: [number, number][] = [[40, 49], [40, 50], [41, 50]];
const polygon: Shape = { type: 'polygon', corners, holes: [] };

describe('Fence geometry', () => {
  it('writes longitude first and closes the ring', () => {
    const { geometry } = toGeoJson({ name: ' Bar ', siteId: null, shape: polygon });
    expect(geometry).toEqual({ type: 'Polygon', coordinates: [[[49, 40], [50, 40], [50, 41], [49, 40]]] });
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

describe('idFor', () => {
  it.each([
    ['Espresso Bar №1', [], 'espresso-bar-no1'],
    ['Bar', ['bar'], 'bar-2'],
    ['بار', [], 'fence'],
  ])('makes an id of %s', (name, taken, id) => {
    expect(idFor(name, taken)).toBe(id);
  });
});
