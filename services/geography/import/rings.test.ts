import { describe, expect, test } from 'vitest';
import { checkRings } from './rings.ts';

const same = (position: [number, number]): [number, number] => position;
const square = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
  [0, 0],
];
const polygon = (...rings: unknown[]) => checkRings({ type: 'Polygon', coordinates: rings }, same);
const multi = (...polygons: unknown[]) => checkRings({ type: 'MultiPolygon', coordinates: polygons }, same);

describe('what is an outline', () => {
  test('a polygon, and several', () => {
    expect(polygon(square)).toEqual({ polygons: [[square]], repairs: [] });
    expect(multi([square], [square, square])).toEqual({ polygons: [[square], [square, square]], repairs: [] });
  });

  test('heights are left out, and every position is brought to degrees', () => {
    const tall = square.map(([x, y]) => [x, y, 17]);
    expect(polygon(tall)).toEqual({ polygons: [[square]], repairs: [] });
    expect(checkRings({ type: 'Polygon', coordinates: [square] }, ([x, y]) => [x / 2, y / 4])).toEqual({
      polygons: [
        [
          [
            [0, 0],
            [1, 0],
            [1, 0.5],
            [0, 0.5],
            [0, 0],
          ],
        ],
      ],
      repairs: [],
    });
  });

  test('180 degrees east and 90 north are on Earth, a little more is not', () => {
    const corner = (x: number, y: number) =>
      polygon([
        [x, y],
        [0, 1],
        [0, 0],
        [x, y],
      ]);
    for (const [x, y] of [
      [180, 90],
      [-180, -90],
    ])
      expect(corner(x!, y!)).toHaveProperty('polygons');
    for (const [x, y] of [
      [180.001, 0],
      [-180.001, 0],
      [0, 90.001],
      [0, -90.001],
    ])
      expect(corner(x!, y!)).toEqual({ reason: `polygon 1, ring 1, position 1: [${x},${y}] is not on Earth` });
  });
});

describe('what is mended, and said', () => {
  test('a ring that is not closed', () => {
    expect(polygon(square.slice(0, 4))).toEqual({ polygons: [[square]], repairs: ['polygon 1, ring 1: closed'] });
    // Closed in one direction only: x is the same, y is not.
    expect(polygon([...square.slice(0, 4), [0, 1]])).toEqual({
      polygons: [[[...square.slice(0, 4), [0, 1], [0, 0]]]],
      repairs: ['polygon 1, ring 1: closed'],
    });
    expect(polygon([...square.slice(0, 4), [1, 0]])).toMatchObject({ repairs: ['polygon 1, ring 1: closed'] });
  });

  test('the closing position is one of its own', () => {
    const checked = polygon(square.slice(0, 4));
    if (!('polygons' in checked)) throw new Error('no polygons');
    const ring = checked.polygons[0]![0]!;
    expect(ring[4]).toEqual(ring[0]);
    expect(ring[4]).not.toBe(ring[0]);
  });

  test('positions that are said twice', () => {
    const twice = [square[0], square[0], square[1], square[1], square[1], ...square.slice(2)];
    expect(polygon(twice)).toEqual({
      polygons: [[square]],
      repairs: ['polygon 1, ring 1: 3 repeated positions left out'],
    });
    // The same x, or the same y, is not the same position.
    expect(polygon(square)).toMatchObject({ repairs: [] });
  });

  test('a hole, or a part of several, that has no corner', () => {
    const line = [
      [1, 1],
      [1, 2],
      [1, 1],
    ];
    expect(polygon(square, line)).toEqual({
      polygons: [[square]],
      repairs: ['polygon 1, ring 2: left out, it has only 3 positions'],
    });
    expect(multi([square], [line])).toEqual({
      polygons: [[square]],
      repairs: ['polygon 2, ring 1: left out, it has only 3 positions'],
    });
  });

  test('a triangle that is not closed has four positions when it is', () => {
    expect(polygon(square.slice(0, 3))).toEqual({
      polygons: [[[...square.slice(0, 3), square[0]]]],
      repairs: ['polygon 1, ring 1: closed'],
    });
  });
});

describe('what is none, and why', () => {
  const line = [
    [0, 0],
    [1, 1],
  ];
  test.each<[unknown, string]>([
    [null, 'has no geometry'],
    [{ type: 'Point', coordinates: [1, 2] }, 'geometry is "Point", must be Polygon or MultiPolygon'],
    [{ coordinates: [square] }, 'geometry is undefined, must be Polygon or MultiPolygon'],
    [{ type: 'MultiPolygon', coordinates: 'x' }, 'coordinates must be arrays of rings'],
    [{ type: 'Polygon', coordinates: 'x' }, 'polygon 1 has no ring'],
    [{ type: 'Polygon', coordinates: [] }, 'polygon 1 has no ring'],
    [{ type: 'MultiPolygon', coordinates: [[square], []] }, 'polygon 2 has no ring'],
    [{ type: 'MultiPolygon', coordinates: [] }, 'no ring has 4 or more positions'],
    [{ type: 'Polygon', coordinates: [square, 'x'] }, 'polygon 1, ring 2 is no array of positions'],
    [{ type: 'Polygon', coordinates: [line] }, 'polygon 1, ring 1 has 2 positions, must have 4 or more'],
    [{ type: 'Polygon', coordinates: [[]] }, 'polygon 1, ring 1 has 0 positions, must have 4 or more'],
    [{ type: 'MultiPolygon', coordinates: [[line], [line]] }, 'no ring has 4 or more positions'],
    ...[['1', 2], [1, '2'], [1], [1, null], [Number.NaN, 1], [1, Number.POSITIVE_INFINITY], 'x', null].map(
      (position): [unknown, string] => [
        { type: 'Polygon', coordinates: [[[0, 0], position, [1, 1]]] },
        `polygon 1, ring 1, position 2: ${JSON.stringify(position)} is no pair of numbers`,
      ],
    ),
  ])('%j', (geometry, reason) => {
    expect(checkRings(geometry as Parameters<typeof checkRings>[0], same)).toEqual({ reason });
  });

  test('a projection that leads nowhere', () => {
    expect(checkRings({ type: 'Polygon', coordinates: [square] }, () => [Number.NaN, 1])).toEqual({
      reason: 'polygon 1, ring 1, position 1: [0,0] is not on Earth',
    });
  });
});
