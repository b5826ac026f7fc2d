import { expect, test } from 'vitest';
import { alongLine, type BaseFeature, baseNames, middleLine } from './base-names.ts';

const feature = (kind: string, type: string, coordinates: unknown, more = {}): BaseFeature =>
  ({
    type: 'Feature',
    properties: { kind, class: 'river', name: kind, ...more },
    geometry: { type, coordinates },
  }) as BaseFeature;

test('half way along a line, as the line runs there, and never upside down', () => {
  const line = [
    [0, 0],
    [0.1, 0],
    [0.1, 0.1],
  ];
  expect(alongLine(line, 0.25).at[0]).toBeCloseTo(0.05, 4);
  expect(alongLine(line, 0.25).turnedDegrees).toBeCloseTo(0, 6);
  expect(alongLine(line, 0.75).at[1]).toBeCloseTo(0.05, 4);
  expect(alongLine(line, 0.75).turnedDegrees).toBeCloseTo(90, 6);
  expect(alongLine(line.toReversed(), 0.75).turnedDegrees).toBeCloseTo(0, 6);
});

test('a river of two banks has its name between them', () => {
  const banks = [
    [0, 0],
    [0, 1],
    [0, 2],
    [1, 2],
    [1, 1],
    [1, 0],
  ];
  expect(middleLine(banks)).toEqual([
    [0.5, 0],
    [0.5, 1],
    [0.5, 2],
  ]);
});

test('names come with the zoom: neighbours first, then rivers, then roads and facilities', () => {
  const features = [
    feature('surrounding', 'Point', [106.6, 10.7], { class: 'neighbour', name: 'Quận 8' }),
    feature('surrounding', 'LineString', [
      [106.7, 10.6],
      [106.71, 10.65],
    ]),
    feature('road', 'LineString', [
      [106.8, 10.6],
      [106.81, 10.65],
    ]),
    feature('place', 'Point', [106.9, 10.7]),
  ];
  const at = (zoom: number) => [...new Set(baseNames(features, zoom, []).map(({ text }) => text))].sort();
  expect(at(9)).toEqual([]);
  expect(at(11)).toEqual(['Quận 8']);
  expect(at(12)).toEqual(['Quận 8', 'surrounding']);
  expect(at(14)).toEqual(['Quận 8', 'place', 'road', 'surrounding']);
});

test('a name gives way to that of an area, and letters are whole', () => {
  const label = {
    type: 'Feature' as const,
    properties: { level: 'ward', label: 'Tân Phú', value: '7' },
    geometry: { type: 'Point' as const, coordinates: [106.6, 10.7] },
  };
  const features = [
    feature('surrounding', 'Point', [106.6, 10.7], { class: 'neighbour' }),
    feature('surrounding', 'Point', [106.9, 10.7], { class: 'neighbour', name: 'Quận 8'.normalize('NFD') }),
  ];
  expect(baseNames(features, 12, [label]).map(({ text }) => text)).toEqual(['Quận 8'.normalize('NFC')]);
});
