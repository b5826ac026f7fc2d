import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageRange as parseAgeGroup } from '../coverage/age-ranges.ts';
import { foldCounts, foldPopulation, shareOut } from './ages.ts';

describe('people by the model’s age groups', () => {
  test('District 7’s published groups fold at 18 and 65', () => {
    const groups = new Map([
      ['all', 1000],
      ['0-11', 150],
      ['12-17', 80],
      ['18-49', 555],
      ['50-64', 150],
      ['65+', 65],
    ]);
    expect(foldPopulation(groups)).toEqual([230, 705, 65]);
  });

  test.each([
    ['no groups', ['all']],
    ['a gap', ['0-17', '18-49', '65+']],
    ['an overlap', ['0-17', '18-64', '60+']],
    ['no border at 18', ['0-19', '20-64', '65+']],
    ['no end', ['0-17', '18-64', '65-80']],
  ])('%s is not folded', (_, names) => {
    expect(foldPopulation(new Map(names.map((name) => [name, 10])))).toBeUndefined();
  });

  test('names', () => {
    expect(parseAgeGroup('18-49')).toEqual({ from: 18, to: 49 });
    expect(parseAgeGroup('65+')).toEqual({ from: 65, to: Number.POSITIVE_INFINITY });
    expect(parseAgeGroup('adults')).toBeUndefined();
  });
});

describe('counts spread over groups', () => {
  const population = [200, 700, 100];
  test.each([
    [{ '12-17': 30, '18-49': 300, '50-64': 100, '65+': 60 }, [30, 400, 60]],
    [{ all: 400 }, [0, 350, 50]],
    [{ all: 400, '12+': 390, '65+': 60 }, [0, 350, 50]],
    // 6 of 18 years of the young: 66.7 of 866.7 people
    [{ '12+': 866 }, [66, 700, 100]],
    [{}, [0, 0, 0]],
  ])('%o', (groups, expected) => {
    const folded = foldCounts(new Map(Object.entries(groups)), population);
    folded.forEach((count, g) => {
      expect(Math.abs(count - expected[g]!)).toBeLessThanOrEqual(1);
    });
  });

  test('whole numbers that sum to the whole', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 8 }),
        (total, weights) => {
          const parts = shareOut(total, weights);
          const all = weights.reduce((sum, weight) => sum + weight, 0);
          expect(parts.every((part) => Number.isInteger(part) && part >= 0)).toBe(true);
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(all > 0 ? total : 0);
          if (all > 0)
            parts.forEach((part, i) => {
              expect(Math.abs(part - (total * weights[i]!) / all)).toBeLessThan(1 + 1e-6 * total);
            });
        },
      ),
    );
  });
});
