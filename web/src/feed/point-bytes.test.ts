import { expect, test } from 'vitest';
import { newestSequence, noPoints, pointAt, pointSet, statusesOf } from './points.ts';

/** Little-endian, as the services send them. */
function records(...points: { sequence: number; status?: number }[]) {
  const view = new DataView(new ArrayBuffer(points.length * 16));
  for (const [index, { sequence, status = 0 }] of points.entries()) {
    view.setFloat32(index * 16, 106.5 + index, true);
    view.setFloat32(index * 16 + 4, 10.5, true);
    view.setUint32(index * 16 + 8, sequence, true);
    view.setUint16(index * 16 + 12, 18_863 + index, true);
    view.setUint8(index * 16 + 14, 3);
    view.setUint8(index * 16 + 15, status);
  }
  return pointSet(view.buffer);
}

test('every point by its index', () => {
  const points = records({ sequence: 9, status: 4 }, { sequence: 7, status: 1 });
  expect(points.count).toBe(2);
  expect(pointAt(points, 0)).toEqual({ lon: 106.5, lat: 10.5, sequence: 9, day: 18_863, category: 3, status: 4 });
  expect(pointAt(points, 1)).toEqual({ lon: 107.5, lat: 10.5, sequence: 7, day: 18_864, category: 3, status: 1 });
  expect([...statusesOf(points)]).toEqual([4, 1]);
});

test('the newest of them, wherever it stands', () => {
  expect(newestSequence(records({ sequence: 9 }, { sequence: 4_000_000_000 }, { sequence: 7 }))).toBe(4_000_000_000);
  const points = records({ sequence: 3 });
  expect([newestSequence(points), newestSequence(points)]).toEqual([3, 3]);
  expect(newestSequence(noPoints)).toBe(0);
  expect(noPoints.count).toBe(0);
});

test('whole records only', () => {
  expect(pointSet(new ArrayBuffer(0)).count).toBe(0);
  for (const bytes of [1, 15, 17])
    expect(() => pointSet(new ArrayBuffer(bytes))).toThrow(
      `points: ${bytes} bytes are not a whole number of records of 16 bytes`,
    );
});
