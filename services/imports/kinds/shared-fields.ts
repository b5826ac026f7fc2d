import type { Field } from './kind.ts';

/** An area by id, code or name. */
export const areaField: Field = {
  name: 'areaId',
  type: 'area',
  columns: [
    'area id',
    'area',
    'community area',
    'modzcta',
    'modified zcta',
    'ward id',
    'ma phuong',
    'gso code',
    'area code',
    'phuong',
    'khu pho',
    'to dan pho',
    'ward',
    'neighbourhood',
    'neighborhood',
    'zip',
    'zip code',
    'location id',
  ],
};

/** A place by two numbers, by one cell, or by the file's own points. */
export const placeFields: Field[] = [
  {
    name: 'location',
    type: 'pair',
    columns: ['location', 'coordinates', 'toa do', 'vi tri', 'lat lon', 'lat long', 'point', 'geo point'],
  },
  {
    name: 'longitude',
    type: 'coordinate',
    columns: ['longitude', 'lon', 'lng', 'long', 'kinh do', 'x', 'easting', 'x coordinate', 'toa do x'],
  },
  {
    name: 'latitude',
    type: 'coordinate',
    columns: ['latitude', 'lat', 'vi do', 'y', 'northing', 'y coordinate', 'toa do y'],
  },
];

/** When the centre learnt of it: for recorded history. */
export const publishedField: Field = {
  name: 'publishedAt',
  type: 'instant',
  columns: [
    'published at',
    'recorded at',
    'reported at',
    'ngay cong bo',
    'thoi gian cong bo',
    'ngay bao cao',
    'report date',
    'extract date',
    'retrieved',
  ],
};
