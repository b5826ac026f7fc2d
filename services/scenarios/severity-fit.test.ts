import { exampleDistrict } from '@vungxanh/ml/scenario';
import { describe, expect, test } from 'vitest';
import { fitSeverity } from './severity-fit.ts';

const today = 18_900;
/** So many cases a day over ninety days that ended long ago, of which a share died. */
const settled = (perDay: number, share: number) =>
  Array.from({ length: 90 }, (_, n) => ({ day: today - 300 + n, cases: perDay, deaths: perDay * share }));

const district = exampleDistrict();
const deadliness = ({ disease }: typeof district, g: number) =>
  disease.severeShare[g]! * disease.intensiveCareShare[g]! * disease.deathShare[g]!;

describe('severity', () => {
  test('deaths five times as many as the figures expect make the model five times as deadly, in every age group', () => {
    const { check: plain } = fitSeverity(district, settled(1000, 0), today);
    const expected = plain!.expectedDeaths / plain!.cases;
    const { district: fitted, check } = fitSeverity(district, settled(1000, 5 * expected), today);
    expect(check!.factor).toBeGreaterThan(4.5);
    expect(check!.factor).toBeLessThan(5.01);
    district.disease.deathShare.forEach((_, g) => {
      expect(deadliness(fitted, g) / deadliness(district, g)).toBeCloseTo(check!.factor, 6);
    });
    // the fitted model expects the deaths that were seen
    const again = fitSeverity(fitted, settled(1000, 5 * expected), today).check!;
    expect(again.expectedDeaths / again.deaths).toBeCloseTo(check!.factor / 5, 6);
  });

  test('the exercise’s 119 deaths of 14,295 cases are expected once they were seen', () => {
    const outcomes = [{ day: today - 200, cases: 14_295, deaths: 119 }];
    const before = fitSeverity(district, outcomes, today);
    const { check } = fitSeverity(before.district, outcomes, today);
    expect(Math.abs(check!.expectedDeaths / 119 - 1)).toBeLessThan(0.15);
  });

  test('where all are vaccinated fewer deaths are expected, and the same deaths tell of a deadlier disease', () => {
    const everybody = [{ day: 0, oneDose: [0, 0, 0], fullCourse: [1, 1, 1] }];
    const plain = fitSeverity(district, settled(1000, 0.002), today).check!;
    const vaccinated = fitSeverity(district, settled(1000, 0.002), today, everybody).check!;
    const [, protectedByTwo] = district.disease.protectionSevere;
    expect(vaccinated.expectedDeaths / plain.expectedDeaths).toBeCloseTo(1 - protectedByTwo, 9);
    expect(vaccinated.factor).toBeGreaterThan(3 * plain.factor);
  });

  test('doses given after a case are not those of the case', () => {
    const later = [
      { day: today - 1000, oneDose: [0, 0, 0], fullCourse: [0, 0, 0] },
      { day: today - 100, oneDose: [0, 0, 0], fullCourse: [1, 1, 1] },
    ];
    expect(fitSeverity(district, settled(1000, 0.002), today, later)).toEqual(
      fitSeverity(district, settled(1000, 0.002), today),
    );
  });

  test('cases of yesterday expect no death yet: a young wave is not mild for having killed nobody', () => {
    const young = Array.from({ length: 7 }, (_, n) => ({ day: today - n, cases: 1000, deaths: 0 }));
    const { check } = fitSeverity(district, young, today);
    expect(check!.factor).toBeGreaterThan(0.5);
    expect(check!.expectedDeaths).toBeLessThan(3);
  });

  test('with few cases, or none, the figures stay as they are', () => {
    for (const outcomes of [[], [{ day: today - 100, cases: 150, deaths: 40 }]])
      expect(fitSeverity(district, outcomes, today)).toEqual({ district, check: undefined });
  });

  test('no share passes nine in ten, however many died', () => {
    const { district: fitted, check } = fitSeverity(district, settled(1000, 0.9), today);
    expect(check!.factor).toBe(15);
    const { severeShare, intensiveCareShare, deathShare } = fitted.disease;
    for (const share of [...severeShare, ...intensiveCareShare, ...deathShare]) expect(share).toBeLessThanOrEqual(0.9);
  });
});
