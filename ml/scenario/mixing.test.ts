import { describe, expect, test } from 'vitest';
import type { District } from './district.ts';
import { exampleDistrict } from './example-district.ts';
import { transmissionPerReproduction, wardMixing } from './mixing.ts';

/** A degree of latitude, in kilometres. */
const degree = 111.195;

function wardsAt(
  wards: { position: [number, number]; people: number[] }[],
  change: Partial<District['mixing']> = {},
): District {
  const district = exampleDistrict();
  return {
    ...district,
    wards: wards.map(({ position, people }, w) => ({ id: `w${w}`, position, population: people, businesses: 0 })),
    ageGroups: wards[0]!.people.map((_, g) => `g${g}`),
    mixing: {
      contacts: wards[0]!.people.map(() => wards[0]!.people.map(() => 1)),
      ownWardShare: 0.6,
      distanceKm: 5,
      ...change,
    },
  };
}

describe('contacts by distance', () => {
  test('the own share at home, the rest by people and distance', () => {
    // 0.1 degrees of latitude north, and as far again east of it at 60 degrees north, where a degree is half as wide.
    const district = wardsAt([
      { position: [20, 60], people: [1_000] },
      { position: [20, 60.1], people: [3_000] },
      { position: [20.2, 60], people: [2_000] },
    ]);
    const { distance, commuting, commuters } = wardMixing(district);
    const near = Math.exp((-0.1 * degree) / 5);
    const [north, east] = [3_000 * near, 2_000 * near];
    expect(distance[0]).toBeCloseTo(0.6, 12);
    expect(distance[1]).toBeCloseTo((0.4 * north) / (north + east), 12);
    expect(distance[2]).toBeCloseTo((0.4 * east) / (north + east), 12);
    for (const row of [0, 1, 2])
      expect(distance[3 * row]! + distance[3 * row + 1]! + distance[3 * row + 2]!).toBeCloseTo(1, 12);
    expect(commuting).toBeUndefined();
    expect([...commuters]).toEqual([0]);
  });

  test('fall by e with each distance', () => {
    const district = wardsAt([
      { position: [106, 10], people: [1_000] },
      { position: [106, 10 + 5 / degree], people: [1_000] },
      { position: [106, 10 - 10 / degree], people: [1_000] },
    ]);
    const { distance } = wardMixing(district);
    expect(distance[1]! / distance[2]!).toBeCloseTo(Math.E, 9);
  });

  test('where there is nobody else, all are at home', () => {
    expect([...wardMixing(wardsAt([{ position: [106, 10], people: [1_000] }])).distance]).toEqual([1]);
    const alone = wardsAt([
      { position: [106, 10], people: [1_000] },
      { position: [106, 11], people: [0] },
    ]);
    expect([...wardMixing(alone).distance].slice(0, 2)).toEqual([1, 0]);
  });

  test('of those who commute, by where they work', () => {
    const commuting = {
      shares: [
        [0.5, 0.5],
        [0.1, 0.9],
      ],
      contactShare: [0.3, 0.7],
    };
    const district = wardsAt(
      [
        { position: [106, 10], people: [1_000, 500] },
        { position: [106, 11], people: [1_000, 500] },
      ],
      { commuting },
    );
    const mixing = wardMixing(district);
    expect([...mixing.commuting!]).toEqual([0.5, 0.5, 0.1, 0.9]);
    expect([...mixing.commuters]).toEqual([0.3, 0.7]);
  });
});

describe('transmission at which one case causes one', () => {
  const transmission = (district: District) => {
    district.disease.infectiousDays = 5;
    return transmissionPerReproduction(district, wardMixing(district));
  };

  test('one ward and one age: a contact a day for as long as one is infectious', () => {
    expect(transmission(wardsAt([{ position: [106, 10], people: [1_000] }]))).toBeCloseTo(1 / 5, 12);
    expect(transmission(wardsAt([{ position: [106, 10], people: [1_000] }], { contacts: [[8]] }))).toBeCloseTo(
      1 / 40,
      12,
    );
  });

  // The next-generation matrix of two ages in one ward is [[a, b n1/n2], [c n2/n1, d]]: its largest eigenvalue by the formula for two.
  test('two ages: the largest eigenvalue by hand', () => {
    const contacts = [
      [6, 2],
      [3, 1],
    ];
    const [a, b, c, d] = [6, 2 * (1_000 / 4_000), 3 * (4_000 / 1_000), 1];
    const eigenvalue = (a + d + Math.sqrt((a - d) ** 2 + 4 * b * c)) / 2;
    const district = wardsAt([{ position: [106, 10], people: [1_000, 4_000] }], { contacts });
    expect(transmission(district) * 5 * eigenvalue).toBeCloseTo(1, 10);
  });

  test('an age group without people takes no part', () => {
    const district = wardsAt([{ position: [106, 10], people: [1_000, 0] }], {
      contacts: [
        [4, 9],
        [9, 9],
      ],
    });
    expect(transmission(district)).toBeCloseTo(1 / 20, 10);
  });

  test('two wards whose people work in each other’s: rows of the matrix sum to the same, so that nothing changes', () => {
    const wards = [
      { position: [106, 10] as [number, number], people: [1_000] },
      { position: [106, 10.01] as [number, number], people: [1_000] },
    ];
    const commuting = {
      shares: [
        [0, 1],
        [1, 0],
      ],
      contactShare: [0.5],
    };
    expect(transmission(wardsAt(wards, { commuting }))).toBeCloseTo(1 / 5, 10);
    // All work in the first ward: who is infected there is met by everybody.
    const centre = {
      shares: [
        [1, 0],
        [1, 0],
      ],
      contactShare: [1],
    };
    const district = wardsAt(wards, { commuting: centre });
    // The matrix [[1, 0], [1, 0]] has 1 as its largest eigenvalue.
    expect(transmission(district)).toBeCloseTo(1 / 5, 10);
    const half = wardsAt(wards, { commuting: { ...centre, contactShare: [0.5] }, ownWardShare: 0.8 });
    // 0.9 at home of the first and 0.1 in the second; 0.6 in the first and 0.4 at home of the second.
    expect(transmission(half) * 5).toBeCloseTo(1, 10);
    const uneven = wardsAt([wards[0]!, { position: [106, 10.01], people: [3_000] }], {
      commuting: { ...centre, contactShare: [0.5] },
      ownWardShare: 0.8,
    });
    // [[0.9, 0.1 / 3], [0.6 × 3, 0.4]]: trace 1.3, determinant 0.36 − 0.06.
    const eigenvalue = (1.3 + Math.sqrt(1.3 ** 2 - 4 * 0.3)) / 2;
    expect(transmission(uneven) * 5 * eigenvalue).toBeCloseTo(1, 10);
  });
});
