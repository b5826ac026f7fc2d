import type { AreaCollection, AreaLevel, District } from '../api/answers.ts';

/** A small district for tests: two wards, and a tổ dân phố in the first. */
export const district: District = {
  district: 'q7',
  name: 'Quận 7',
  nameEnglish: 'District 7',
  timeZone: 'Asia/Ho_Chi_Minh',
  clock: 'live',
  exercise: false,
  lon: 106.72,
  lat: 10.73,
};

const square = (west: number): [number, number][] => [
  [west, 0],
  [west + 1, 0],
  [west + 1, 1],
  [west, 1],
  [west, 0],
];
const area = (
  areaId: string,
  level: AreaLevel,
  parentId: string | null,
  name: string,
  nameEnglish: string,
  population: number | null,
): AreaCollection['features'][number] => ({
  type: 'Feature',
  properties: { areaId, level, parentId, name, nameEnglish, population },
  geometry: { type: 'Polygon', coordinates: [square(level === 'ward' ? 2 : 0)] },
});

export const areas: AreaCollection = {
  type: 'FeatureCollection',
  features: [
    area('q7', 'district', null, 'Quận 7', 'District 7', 360_155),
    area('tan-phu', 'ward', 'q7', 'Phường Tân Phú', 'Tân Phú Ward', 26_000),
    area('phu-my', 'ward', 'q7', 'Phường Phú Mỹ', 'Phú Mỹ Ward', 34_000),
    area('tan-phu-1', 'neighbourhood', 'tan-phu', 'Tổ dân phố 1', 'Neighbourhood group 1', 410),
  ],
};
