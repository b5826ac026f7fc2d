import { expect, test } from 'vitest';
import { closer, drawn, extentOf, heightOf, namePointOf, pathOf, undrawn, type WardOutline } from './outline.ts';

const ward: WardOutline = {
  areaId: 'a',
  name: 'A',
  outline: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [106.7, 10.7],
          [106.75, 10.7],
          [106.75, 10.75],
          [106.7, 10.7],
        ],
      ],
    ],
  },
};

test('a place that is tapped is the place that is drawn there, however close', () => {
  let extent = extentOf([ward]);
  for (let times = 0; times < 5; times++) {
    const place: [number, number] = [106.72345, 10.73211];
    const [x, y] = drawn(extent, place);
    expect(undrawn(extent, [x, y])).toEqual(place);
    extent = closer(extent, place);
  }
});

test('north is up, and all is within', () => {
  const extent = extentOf([ward]);
  expect(drawn(extent, [106.7, 10.75])[1]).toBeLessThan(drawn(extent, [106.7, 10.7])[1]);
  const [x, y] = drawn(extent, [106.75, 10.7]);
  expect(x).toBeLessThan(1000);
  expect(y).toBeLessThan(heightOf(extent));
  expect(pathOf(extent, ward)).toMatch(/^M[\d. ]+L[\d. L]+Z$/);
});

test('the name of a ward stands in the middle of its largest part', () => {
  const square = (west: number, size: number) => [
    [
      [west, 10],
      [west + size, 10],
      [west + size, 10 + size],
      [west, 10 + size],
      [west, 10],
    ],
  ];
  const parts: WardOutline = {
    ...ward,
    outline: { type: 'MultiPolygon', coordinates: [square(106, 1), square(108, 2)] },
  };
  const [lon, lat] = namePointOf(parts);
  expect([lon.toFixed(9), lat.toFixed(9)]).toEqual(['109.000000000', '11.000000000']);
  // A triangle's is a third of the way up.
  const [east, north] = namePointOf(ward);
  expect([east.toFixed(5), north.toFixed(5)]).toEqual(['106.73333', '10.71667']);
  const line: WardOutline = {
    ...ward,
    outline: {
      type: 'Polygon',
      coordinates: [
        [
          [1, 2],
          [3, 2],
          [1, 2],
        ],
      ],
    },
  };
  expect(namePointOf(line)).toEqual([1, 2]);
});
