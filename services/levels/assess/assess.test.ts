import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { policyById, policyOn } from '../policies/in-force.ts';
import type { MatrixPolicy, PolicyId } from '../policies/policy.ts';
import { certain, factsOf } from '../testing/facts.ts';
import { assess } from './assess.ts';
import type { LevelFacts } from './facts.ts';

const levelBy = (id: PolicyId, facts: LevelFacts) => {
  const { low, high } = assess(policyById(id), facts).level;
  return low === high ? low : `${low}-${high}`;
};
const codesBy = (id: PolicyId, facts: LevelFacts) => assess(policyById(id), facts).reasons.map(({ code }) => code);

describe('which policy', () => {
  test.each([
    ['2021-05-30', undefined],
    ['2021-05-31', 'qd-2686'],
    ['2021-10-11', 'qd-2686'],
    ['2021-10-12', 'qd-4800'],
    ['2022-01-26', 'qd-4800'],
    ['2022-01-27', 'qd-218'],
    ['2026-11-30', 'qd-218'],
  ])('on %s: %s', (day, id) => {
    expect(policyOn(day)?.id).toBe(id);
  });
});

describe('QĐ 4800', () => {
  test.each([
    [0, 1, 1],
    [19, 1, 1],
    [20, 1, 2],
    [49, 1, 2],
    [50, 2, 3],
    [149, 2, 3],
    [150, 3, 4],
    [5000, 3, 4],
  ])('%d cases per 100,000: level %d with coverage, %d without', (cases, covered, uncovered) => {
    expect(levelBy('qd-4800', factsOf({ cases }))).toBe(covered);
    // Of the lowest band without coverage the sources say 1 or 2.
    const without = levelBy('qd-4800', factsOf({ cases, shares: { '18 oneDose': 0.5 } }));
    expect(without).toBe(cases < 20 ? '1-2' : uncovered);
  });

  test.each([
    [0.69999, 3],
    [0.7, 2],
  ])('coverage %d of adults with 60 cases: level %d', (share, level) => {
    expect(levelBy('qd-4800', factsOf({ cases: 60, shares: { '18 oneDose': share } }))).toBe(level);
  });

  test.each([
    // October asks for those of 65 and over, November for those of 50 and over.
    ['2021-10-31', { '65 fullCourse': 0.79, '50 fullCourse': 1 }, 2],
    ['2021-10-31', { '65 fullCourse': 0.8, '50 fullCourse': 0 }, 1],
    ['2021-11-01', { '65 fullCourse': 0, '50 fullCourse': 0.8 }, 1],
    ['2021-11-01', { '65 fullCourse': 1, '50 fullCourse': 0.79 }, 2],
  ])('the floor of elders on %s', (day, shares, level) => {
    expect(levelBy('qd-4800', factsOf({ cases: 10, day, shares }))).toBe(level);
  });

  test('the floor raises neither level 4 nor an area without a case', () => {
    const shares = { '50 fullCourse': 0.1 };
    expect(levelBy('qd-4800', factsOf({ cases: 0, shares }))).toBe(1);
    expect(levelBy('qd-4800', factsOf({ cases: 1, shares }))).toBe(2);
    expect(levelBy('qd-4800', factsOf({ cases: 200, shares }))).toBe(4);
    expect(levelBy('qd-4800', factsOf({ cases: 200, shares: { ...shares, '18 oneDose': 0 } }))).toBe(4);
    expect(assess(policyById('qd-4800'), factsOf({ cases: 1, shares })).decidedBy).toBe('elders-floor');
  });

  test('care that is not met keeps the declared level, and raises none', () => {
    expect(levelBy('qd-4800', factsOf({ cases: 10, care: false, declared: 3 }))).toBe(3);
    expect(levelBy('qd-4800', factsOf({ cases: 10, care: true, declared: 3 }))).toBe(1);
    expect(levelBy('qd-4800', factsOf({ cases: 10, care: false, declared: null }))).toBe(1);
    expect(levelBy('qd-4800', factsOf({ cases: 200, care: false, declared: 1 }))).toBe(3);
    const held = assess(policyById('qd-4800'), factsOf({ cases: 10, care: false, declared: 3 }));
    expect(held.decidedBy).toBe('criterion-3');
    expect(held.reasons).toContainEqual({ code: 'held-by-criterion-3', parameters: { declared: 3, without: 1 } });
  });

  test('community cases count, not all', () => {
    const facts = factsOf({ community: certain(10), all: certain(300) });
    expect(levelBy('qd-4800', facts)).toBe(1);
    expect(levelBy('qd-218', facts)).not.toBe(levelBy('qd-4800', factsOf({ cases: 300 })));
  });

  test('the city, by inference: 3,244 cases of 9.2 million is level 1, 90 per 100,000 is level 2', () => {
    const city = (cases: number) => levelBy('qd-4800', factsOf({ cases, people: 9_200_000 }));
    expect(city(3244)).toBe(1);
    expect(city(8280)).toBe(2);
  });
});

describe('QĐ 218', () => {
  test.each([
    [89, 1, 1],
    [90, 1, 2],
    [449, 1, 2],
    [450, 2, 3],
    [600, 2, 3],
    [601, 3, 4],
  ])('%d cases per 100,000: level %d with response, %d with vaccination short', (cases, high, medium) => {
    expect(levelBy('qd-218', factsOf({ cases }))).toBe(high);
    expect(levelBy('qd-218', factsOf({ cases, shares: { '0 fullCourse': 0.74 } }))).toBe(medium);
  });

  test('both shares are needed: three quarters of all, nine of ten of those at high risk', () => {
    const level = (all: number, highRisk: number) =>
      levelBy('qd-218', factsOf({ cases: 100, shares: { '0 fullCourse': all, '50 fullCourse': highRisk } }));
    expect([level(0.75, 0.9), level(0.7499, 0.9), level(0.75, 0.8999)]).toEqual([1, 2, 2]);
  });

  test('more than 6 deaths per 100,000 put a ward of level 1 at level 2; 6 do not', () => {
    expect(levelBy('qd-218', factsOf({ deaths: certain(7) }))).toBe('2-3');
    expect(levelBy('qd-218', factsOf({ deaths: certain(6) }))).toBe(1);
  });

  test('a number of patients on oxygen whose cut nobody knows leaves the level open above, and none does not', () => {
    expect(levelBy('qd-218', factsOf({ cases: 500, onOxygen: certain(3) }))).toBe('2-3');
    expect(codesBy('qd-218', factsOf({ onOxygen: certain(3) }))).toContain('cut-unknown');
    expect(levelBy('qd-218', factsOf({ cases: 500, onOxygen: null }))).toBe('2-3');
    expect(codesBy('qd-218', factsOf({ onOxygen: null }))).toContain('on-oxygen-unknown');
  });

  test('care that nobody told of is not care that is met', () => {
    expect(levelBy('qd-218', factsOf({ cases: 100, care: null }))).toBe('1-2');
    expect(levelBy('qd-218', factsOf({ cases: 100, care: false }))).toBe(2);
    expect(levelBy('qd-218', factsOf({ cases: 100, care: false, shares: { '0 fullCourse': 0.1 } }))).toBe(3);
  });
});

describe('QĐ 2686', () => {
  test('what the list does not know of a source leaves levels open', () => {
    const level = (community: number, all = community) =>
      levelBy('qd-2686', factsOf({ community: certain(community), all: certain(all) }));
    expect([level(0), level(0, 5), level(1), level(2)]).toEqual([1, '1-2', '2-3', '3-4']);
  });

  test('a district is at level 4 with three of ten communes there, or five at level 3 and above', () => {
    const of = (...levels: number[]) =>
      levelBy('qd-2686', factsOf({ parts: levels.map((level) => ({ low: level, high: level })) }));
    expect(of(4, 4, 4, 1, 1, 1, 1, 1, 1, 1)).toBe(4);
    expect(of(4, 4, 1, 1, 1, 1, 1, 1, 1, 1)).toBe('2-3');
    expect(of(3, 3, 3, 3, 3, 1, 1, 1, 1, 1)).toBe(4);
    expect(of(3, 3, 3, 3, 1, 1, 1, 1, 1, 1)).toBe('2-3');
    expect(of(1, 1, 1)).toBe(1);
  });
});

describe('what is not known is said', () => {
  test('no population, nothing heard: any level, with the reason', () => {
    expect(levelBy('qd-4800', factsOf({ cases: 3, people: null }))).toBe('1-3');
    expect(codesBy('qd-4800', factsOf({ cases: 3, people: null }))).toContain('no-population');
    expect(levelBy('qd-4800', factsOf({ community: null, all: null, shares: { '18 oneDose': null } }))).toBe('1-4');
    expect(
      assess(policyById('qd-4800'), factsOf({ community: null, all: null, shares: { '18 oneDose': null } })).decidedBy,
    ).toBe('nothing-known');
    // Nobody needs a denominator for no case.
    expect(levelBy('qd-4800', factsOf({ cases: 0, people: null }))).toBe(1);
  });

  test('reports to come over a bound: at least', () => {
    expect(levelBy('qd-4800', factsOf({ community: { known: 45, high: 49 } }))).toBe(1);
    expect(levelBy('qd-4800', factsOf({ community: { known: 45, high: 50 } }))).toBe('1-2');
    expect(levelBy('qd-4800', factsOf({ community: { known: 45, high: null } }))).toBe('1-3');
  });

  test('no coverage known: between the level with it and the level without', () => {
    expect(levelBy('qd-4800', factsOf({ cases: 60, shares: { '18 oneDose': null } }))).toBe('2-3');
    expect(codesBy('qd-4800', factsOf({ cases: 60, shares: { '18 oneDose': null } }))).toContain('no-coverage');
    expect(levelBy('qd-4800', factsOf({ cases: 60, shares: { '50 fullCourse': null } }))).toBe('2-3');
  });
});

describe('properties', () => {
  const known = fc.record({
    cases: fc.nat(1500),
    adults: fc.double({ min: 0, max: 1, noNaN: true }),
    elders: fc.double({ min: 0, max: 1, noNaN: true }),
    care: fc.boolean(),
    declared: fc.constantFrom(null, 1, 2, 3, 4),
    deaths: fc.nat(20),
  });
  interface Values {
    cases: number;
    adults: number;
    elders: number;
    care: boolean;
    declared: number | null;
    deaths: number;
  }
  const facts = ({ cases, adults, elders, care, declared, deaths }: Values) =>
    factsOf({
      cases,
      care,
      declared,
      deaths: certain(deaths),
      shares: { '18 oneDose': adults, '50 fullCourse': elders, '0 fullCourse': adults },
    });
  const both = fc.constantFrom<PolicyId>('qd-4800', 'qd-218');

  test('what was left unknown holds the level that comes out once it is known', () => {
    fc.assert(
      fc.property(
        known,
        both,
        fc.subarray(['cases', 'adults', 'care', 'deaths']),
        fc.nat(50),
        (values, id, hidden, more) => {
          const whole = facts(values);
          const exact = assess(policyById(id), whole).level;
          const open = assess(policyById(id), {
            ...whole,
            ...(hidden.includes('cases') && {
              community: { known: Math.max(0, values.cases - more), high: values.cases + more },
              all: { known: Math.max(0, values.cases - more), high: values.cases + more },
            }),
            ...(hidden.includes('care') && { care: null, declared: null }),
            ...(hidden.includes('deaths') && { deaths: null }),
            shares: hidden.includes('adults')
              ? new Map([...whole.shares].map(([key, share]) => [key, { ...share, numerator: null }]))
              : whole.shares,
          }).level;
          if (hidden.includes('care') && values.declared !== null && !values.care) return;
          expect(open.low).toBeLessThanOrEqual(exact.low);
          expect(open.high).toBeGreaterThanOrEqual(exact.high);
        },
      ),
    );
  });

  test('more cases never bring a lower level', () => {
    fc.assert(
      fc.property(known, both, fc.nat(500), (values, id, more) => {
        const [before, after] = [values.cases, values.cases + more].map(
          (cases) => assess(policyById(id), facts({ ...values, cases })).level,
        );
        expect(after!.low).toBeGreaterThanOrEqual(before!.low);
        expect(after!.high).toBeGreaterThanOrEqual(before!.high);
      }),
    );
  });
});

test('every number of every policy has a source, and says whether it was read in the text', () => {
  for (const id of ['qd-4800', 'qd-218'] as const) {
    const policy = policyById(id) as MatrixPolicy;
    const numbers = [
      ...policy.transmission.flatMap(({ cuts }) => cuts),
      ...policy.groups.flatMap(({ shares }) => shares),
      ...policy.floors,
      ...[policy.matrix, policy.noticeHours, policy.assesses, policy.decides, policy.smallestUnit, policy.hysteresis],
    ];
    for (const number of numbers) {
      expect(number.source.length).toBeGreaterThan(5);
      expect(typeof number.verified).toBe('boolean');
    }
  }
});
