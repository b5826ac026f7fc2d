import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Committed } from '#contracts/live.ts';
import { announcementParts } from './announcement-parts.ts';

const figure = (areaId: string, value: number) => ({
  areaId,
  formula: 'cases-7d',
  value,
  unit: 'ca',
  note: { vi: 'số tạm tính', en: 'preliminary' },
  throughSequence: 7,
});
const committed = (areas: number): Committed => ({
  district: 'q7',
  service: 'epidemic',
  throughSequence: 7,
  figuresAsOf: '2021-08-10T00:00:00.000Z',
  figures: Array.from({ length: areas }, (_, index) => figure(`tổ-${index}`, index)),
  areaIds: Array.from({ length: areas }, (_, index) => `tổ-${index}`),
});
const read = (parts: string[]): Committed[] => parts.map((part) => JSON.parse(part));

test('what fits is one message, as it is', () => {
  expect(read(announcementParts(committed(2), 4096))).toEqual([committed(2)]);
});

test('an announcement of every area of a city is told in messages that the broker takes, each with its moment', () => {
  const mostBytes = 1024 * 1024;
  const all = committed(24_656);
  const parts = announcementParts(all, mostBytes);
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts) expect(Buffer.byteLength(part)).toBeLessThanOrEqual(mostBytes);
  const told = read(parts);
  for (const { district, service, throughSequence, figuresAsOf } of told)
    expect({ district, service, throughSequence, figuresAsOf }).toEqual({
      district: 'q7',
      service: 'epidemic',
      throughSequence: 7,
      figuresAsOf: all.figuresAsOf,
    });
  expect(told.flatMap(({ figures }) => figures ?? [])).toEqual(all.figures);
  expect(told.flatMap(({ areaIds }) => areaIds ?? [])).toEqual(all.areaIds);
});

test('whatever its size, nothing is lost or told twice', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 1300, max: 40_000 }), (areas, mostBytes) => {
      const all = committed(areas);
      const parts = announcementParts(all, mostBytes);
      const told = read(parts);
      expect(Math.max(...parts.map((part) => Buffer.byteLength(part)))).toBeLessThanOrEqual(mostBytes);
      expect(told.flatMap(({ figures }) => figures ?? [])).toEqual(all.figures);
      expect(told.flatMap(({ areaIds }) => areaIds ?? [])).toEqual(all.areaIds);
    }),
  );
});

test('a figure that is longer than a message is an error, not silence', () => {
  expect(() => announcementParts(committed(1), 1024 + 100)).toThrow(RangeError);
});
