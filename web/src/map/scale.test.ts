import { expect, test } from 'vitest';
import { colourFor } from './colouring.ts';
import { incidenceColours, unknownColour } from './palette.ts';
import { colourOn, histogram, scaleOf } from './scale.ts';

const values = [3, 1, 2, 4, 5, 6, 7, 8, null, undefined];

test('the classes of the policy stay what they are', () => {
  const scale = scaleOf('classes', 'cases', values);
  for (const value of [0, 19.9, 20, 49, 50, 150, 1000, null])
    expect(colourOn(scale, 'light', value)).toEqual(colourFor('light', 'cases', value));
  expect(histogram(scale, values)).toEqual([8, 0, 0, 0]);
});

test('quantiles put equally many areas into each class', () => {
  const scale = scaleOf('quantiles', 'cases', values);
  expect(scale.bounds).toEqual([3, 5, 7]);
  expect(histogram(scale, values)).toEqual([2, 2, 2, 2]);
  expect(colourOn(scale, 'dark', 8)).toEqual(incidenceColours.dark[3]);
});

test('equal numbers have one colour, and few classes still reach the last one', () => {
  expect(scaleOf('quantiles', 'cases', [5, 5, 5, 5]).bounds).toEqual([]);
  const two = scaleOf('quantiles', 'cases', [0, 0, 0, 0, 0, 9]);
  expect(new Set([0, 9].map((value) => String(colourOn(two, 'light', value)))).size).toBe(2);
  expect(colourOn(scaleOf('quantiles', 'cases', []), 'light', null)).toEqual(unknownColour.light);
});

test('a continuous scale begins and ends with the palette, and has no steps between', () => {
  const scale = scaleOf('continuous', 'cases', [10, 110]);
  expect(colourOn(scale, 'light', 10)).toEqual(incidenceColours.light[0]);
  expect(colourOn(scale, 'light', 110)).toEqual(incidenceColours.light[3]);
  expect(colourOn(scale, 'light', 60)).not.toEqual(colourOn(scale, 'light', 61));
  expect(histogram(scale, [10, 11, 110], 4)).toEqual([2, 0, 0, 1]);
  expect(colourOn(scaleOf('continuous', 'cases', [7]), 'light', 7)).toEqual(incidenceColours.light[0]);
});
