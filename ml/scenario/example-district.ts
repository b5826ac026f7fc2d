import type { Disease, District } from './district.ts';
import { exampleFigures } from './example-figures.ts';

/**
 * Ten wards and three age groups of the size of District 7, for tests, benches and a first look. No published population by ward and age was found: people,
 * businesses, places of wards, contacts, costs and the start are estimates that sum to about the district's. The disease's figures have their sources in
 * `example-figures.ts`; nothing here is fitted.
 */
export function exampleDistrict(): District {
  const names = [
    'Tân Thuận Đông',
    'Tân Thuận Tây',
    'Tân Kiểng',
    'Tân Hưng',
    'Bình Thuận',
    'Tân Quy',
    'Phú Thuận',
    'Tân Phú',
    'Tân Phong',
    'Phú Mỹ',
  ];
  const wards = names.map((id, w) => ({
    id,
    position: [106.7 + 0.012 * (w % 5), 10.72 + 0.02 * Math.floor(w / 5)] as [number, number],
    population: [8_000 + 200 * w, 22_000 + 300 * w, 4_000 + 50 * w],
    businesses: 3_000,
  }));
  return {
    wards,
    ageGroups: ['0-17', '18-64', '65+'],
    disease: exampleDisease(),
    mixing: {
      contacts: [
        [6, 4, 0.5],
        [2, 7, 0.8],
        [1, 4, 2],
      ],
      ownWardShare: 0.7,
      distanceKm: 3,
    },
    capacity: { beds: 600, intensiveCare: 80, isolationPlaces: 3_000 },
    costs: {
      dose: 10,
      traced: 15,
      bedDay: 60,
      intensiveCareDay: 400,
      restrictedPersonDay: 4,
      closedBusinessDay: 80,
      workersPerBusiness: 4,
      workingShare: [0, 0.75, 0.1],
    },
    start: {
      exposed: wards.map((_, w) => [w === 3 ? 20 : 2, w === 3 ? 60 : 5, 1]),
      infectious: wards.map((_, w) => [w === 3 ? 20 : 2, w === 3 ? 60 : 5, 1]),
      oneDose: wards.map((ward) => ward.population.map((people, g) => (g === 0 ? 0 : Math.round(0.3 * people)))),
      twoDoses: wards.map((ward) => ward.population.map((people, g) => (g === 0 ? 0 : Math.round(0.2 * people)))),
    },
  };
}

function exampleDisease(): Disease {
  const figures = Object.entries(exampleFigures).map(([key, { value }]) => [key, structuredClone(value)]);
  return Object.fromEntries(figures) as Disease;
}
