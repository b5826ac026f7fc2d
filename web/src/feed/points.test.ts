import { swapPoints } from '@vungxanh/services/contracts/points.ts';
import { expect, test } from 'vitest';
import { pointAt, pointSet, statusesOf } from './points.ts';

/** As PostgreSQL sends it: big-endian words, the last one status, category and day (contracts/points.ts). */
function record(lon: number, lat: number, sequence: number, day: number, category: number, status: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeFloatBE(lon, 0);
  bytes.writeFloatBE(lat, 4);
  bytes.writeUInt32BE(sequence, 8);
  bytes.writeUInt32BE(((status << 24) | (category << 16) | day) >>> 0, 12);
  return bytes;
}

test('records of the services are read as they were written', () => {
  const bytes = swapPoints(
    Buffer.concat([record(106.7262, 10.7371, 4_000_000_000, 18_863, 2, 5), record(106.7, 10.73, 7, 18_864, 0, 200)]),
  );
  const points = pointSet(new Uint8Array(bytes).buffer);
  expect(points.count).toBe(2);
  const first = pointAt(points, 0);
  expect(first).toMatchObject({ sequence: 4_000_000_000, day: 18_863, category: 2, status: 5 });
  // Half a metre is 4.5e-6 degrees.
  expect(Math.abs(first.lon - 106.7262)).toBeLessThan(4.5e-6);
  expect(Math.abs(first.lat - 10.7371)).toBeLessThan(4.5e-6);
  expect([...statusesOf(points)]).toEqual([5, 200]);
});

test('a torn answer is refused', () => {
  expect(() => pointSet(new ArrayBuffer(24))).toThrow('24 bytes are not a whole number of records of 16 bytes');
});
