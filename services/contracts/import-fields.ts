import { noAges, writtenAges } from './age-group.ts';
import type { Field, ImportRow } from './import-kind.ts';

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
    'ten phuong',
    'phuong xa',
    'xa phuong',
    'phuong cu tru',
    'phuong noi o',
    'phuong xa noi o',
    'xa phuong noi o',
    'phuong xa noi o hien tai',
    'phuong xa noi o hien nay',
    'xa phuong noi o hien nay',
    'phuong xa thi tran',
    'xa phuong thi tran',
    'xa phuong dac khu',
    'phuong xa dac khu',
    'ten phuong xa',
    'ten xa phuong',
    'ten xa',
    'ma xa',
    'ma phuong xa',
    'ma xa phuong',
    'ma dvhc',
    'don vi hanh chinh',
    'dia ban',
    'ten dia ban',
    'ma dia ban',
    'organisation unit',
    'organisation unit name',
    'organisationunitname',
    'org unit',
    'orgunit',
    'ten khu pho',
    'ten to dan pho',
    'khu pho',
    'to dan pho',
    'ward',
    'ward name',
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
    columns: [
      'location',
      'coordinates',
      'toa do',
      'toa do gps',
      'gps',
      'vi tri',
      'lat lon',
      'lat long',
      'point',
      'geo point',
    ],
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

/**
 * The age group of a row as the contracts spell it; all ages where the file has no column of them. Where it has one, a blank cell says nothing: what was merged with
 * the cell above, and no total. A bound that is not itself meant (">65") is told, as it was read.
 */
export function ageGroupIn(row: ImportRow): string {
  if (!row.has('ageGroup')) return 'all';
  const said = row.text('ageGroup');
  if (said === undefined) {
    row.problem('ageGroup', {
      vi: 'thiếu nhóm tuổi; hãy ghi “tất cả” nếu là mọi lứa tuổi',
      en: 'no age group; write "all" where all ages are meant',
    });
    return 'all';
  }
  const ages = writtenAges(said);
  if (!ages) row.problem('ageGroup', noAges);
  else if (ages.isStrict)
    row.note({
      vi: `Nhóm tuổi “${said.slice(0, 60)}” được hiểu là ${ages.group}; nếu tính cả tuổi đó, hãy ghi “từ …” hoặc “đến …”`,
      en: `Age group "${said.slice(0, 60)}" is read as ${ages.group}; if the age itself is meant too, write "from …" or "to …"`,
    });
  return ages?.group ?? said;
}

/** 3.01235E+11, 3,01235E+11, 3.01E-05, 1.5e10: a number that a spreadsheet has rounded, its digits are lost. "12E5" may be a code and is none. */
export const isRounded = (text: string): boolean =>
  /^[+-]?(?:\d+(?:[.,]\d+)?e(?:\+\d+|-\d{2,})|\d[.,]\d+e\d+)$/i.test(text.trim());

/** First day of a period of so many days that ends on a day. */
export function startOf(end: string, days: number | undefined): string | undefined {
  if (days === undefined) return undefined;
  return new Date(Date.parse(`${end}T00:00:00Z`) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
}
