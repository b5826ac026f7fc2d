import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { smallCellsBy } from './small-cells.ts';

/** Where these districts are registered. */
const of = (districts: { district: string; exercise: boolean }[]) =>
  smallCellsBy(async (wanted) => districts.filter(({ district }) => district === wanted));

test('counts are protected in a real district and in one that nobody knows, and not in an exercise', async () => {
  expect(await of([{ district: 'q7', exercise: false }]).holdsIn('q7')).toBe(true);
  expect(await of([]).holdsIn('q7')).toBe(true);
  expect(await of([{ district: 'q7-dien-tap', exercise: true }]).holdsIn('q7-dien-tap')).toBe(false);
});

test('every service of the product, and the stream, is started with the policy', () => {
  const text = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
  expect(text('main.ts')).toMatch(/startService\([^;]*smallCellsOf/);
  expect(text('live/main.ts')).toMatch(/addStreamRoute\([^;]*smallCells/s);
});
