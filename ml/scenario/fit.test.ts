import { describe, expect, test } from 'vitest';
import type { District } from './district.ts';
import { exampleDistrict } from './example-district.ts';
import { continued, fitParticles, type Observed } from './fit.ts';
import { simulatePaths } from './simulate.ts';
import { validate } from './validate.ts';

const settings = {
  reproductionNumber: [1, 6] as [number, number],
  reportedShare: [0.2, 0.8] as [number, number],
  particles: 150,
  rounds: 3,
  kept: 30,
  seed: 9,
};

/** what a district with a known reproduction number would have reported */
function reportsOf(district: District, days: number): Observed {
  const paths = simulatePaths(district, { name: 'truth', levers: [] }, { days, paths: 1, stepDays: 1, seed: 77 });
  const wards = district.wards.length;
  return {
    days,
    levers: [],
    reported: Array.from({ length: days }, (_, day) =>
      Array.from(paths.reportedByWard.slice(day * wards, (day + 1) * wards)),
    ),
  };
}

function known(reproductionNumber: number): District {
  const district = exampleDistrict();
  const wards = district.wards.slice(0, 4);
  const first4 = (table: number[][] | undefined) => table?.slice(0, 4);
  return {
    ...district,
    wards,
    disease: { ...district.disease, reproductionNumber },
    start: {
      exposed: first4(district.start.exposed),
      infectious: first4(district.start.infectious),
      oneDose: first4(district.start.oneDose),
      twoDoses: first4(district.start.twoDoses),
    },
  };
}

describe('a known reproduction number is found again from four weeks of reports', () => {
  for (const truth of [2.5, 4.5])
    test(`${truth}`, () => {
      const district = known(truth);
      const particles = fitParticles(
        { ...district, disease: { ...district.disease, reproductionNumber: 1 } },
        reportsOf(district, 28),
        settings,
      );
      const values = particles.map((particle) => particle.reproductionNumber).sort((a, b) => a - b);
      expect(values[0]!).toBeLessThan(truth);
      expect(values.at(-1)!).toBeGreaterThan(truth);
      expect(Math.abs(values[15]! / truth - 1)).toBeLessThan(0.25);
    });
});

test('a particle becomes a valid start, with everybody in it', () => {
  const district = known(3);
  const [best] = fitParticles(district, reportsOf(district, 21), { ...settings, particles: 40, kept: 5 });
  validate(continued(district, best!), [], { days: 10, paths: 1, stepDays: 1, seed: 1 });
});

test('same seed, same particles; impossible input is named', () => {
  const district = known(3);
  const observed = reportsOf(district, 14);
  const small = { ...settings, particles: 10, rounds: 2, kept: 3 };
  expect(fitParticles(district, observed, small)).toEqual(fitParticles(district, observed, small));
  expect(() => fitParticles(district, { ...observed, days: 10 }, small)).toThrow(
    'observed.days must be at least 14, got 10',
  );
  observed.reported[3]![1] = -4;
  expect(() => fitParticles(district, observed, small)).toThrow('observed.reported[3][1] must be 0 or more, got -4');
});
