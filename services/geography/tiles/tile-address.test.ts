import { expect, test } from 'vitest';
import { Problem } from '#platform/problem.ts';
import { deepestZoom, tileAddress, tileExtent } from './tile-address.ts';

const refused = (z: string, x: string, file: string) => {
  try {
    tileAddress(z, x, file);
  } catch (error) {
    if (error instanceof Problem) return error.toJSON();
    throw error;
  }
  return undefined;
};

test('the grid is that of the specification, and 18 is the deepest zoom', () => {
  expect([tileExtent, deepestZoom]).toEqual([4096, 18]);
});

test.each([
  ['0', '0', '0.mvt', { z: 0, x: 0, y: 0 }],
  ['1', '1', '0.mvt', { z: 1, x: 1, y: 0 }],
  ['14', '13047', '7713.mvt', { z: 14, x: 13047, y: 7713 }],
  ['18', '262143', '262143.mvt', { z: 18, x: 262143, y: 262143 }],
])('%s/%s/%s', (z, x, file, address) => {
  expect(tileAddress(z, x, file)).toEqual(address);
});

test.each([
  ['19', '0', '0.mvt', 'z', '19', 'a whole number from 0 to 18'],
  ['-1', '0', '0.mvt', 'z', '-1', 'a whole number from 0 to 18'],
  ['1.5', '0', '0.mvt', 'z', '1.5', 'a whole number from 0 to 18'],
  ['', '0', '0.mvt', 'z', '', 'a whole number from 0 to 18'],
  ['x1', '0', '0.mvt', 'z', 'x1', 'a whole number from 0 to 18'],
  ['1x', '0', '0.mvt', 'z', '1x', 'a whole number from 0 to 18'],
  ['00000001', '0', '0.mvt', 'z', '00000001', 'a whole number from 0 to 18'],
  ['3', '8', '0.mvt', 'x', '8', 'a whole number from 0 to 7'],
  ['18', '262144', '0.mvt', 'x', '262144', 'a whole number from 0 to 262143'],
  ['3', '0', '8.mvt', 'y', '8', 'a whole number from 0 to 7, then .mvt'],
  ['3', '0', '7.png', 'y', '7.png', 'a whole number from 0 to 7, then .mvt'],
  ['3', '0', '7', 'y', '7', 'a whole number from 0 to 7, then .mvt'],
  ['3', '0', '7xmvt', 'y', '7xmvt', 'a whole number from 0 to 7, then .mvt'],
  ['3', '0', 'a7.mvt', 'y', 'a7.mvt', 'a whole number from 0 to 7, then .mvt'],
  ['3', '0', '7.mvt.gz', 'y', '7.mvt.gz', 'a whole number from 0 to 7, then .mvt'],
  ['18', '0', '00000007.mvt', 'y', '00000007.mvt', 'a whole number from 0 to 262143, then .mvt'],
])('%s/%s/%s is no tile: %s', (z, x, file, field, value, reason) => {
  expect(refused(z, x, file)).toEqual({
    type: 'about:blank',
    title: 'No such tile',
    status: 404,
    errors: [{ field, value, reason }],
  });
});

test('leading zeros are digits, up to seven', () => {
  expect(tileAddress('0000003', '0000007', '0000007.mvt')).toEqual({ z: 3, x: 7, y: 7 });
});
