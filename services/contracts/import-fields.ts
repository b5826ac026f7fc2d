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

/** "18 - 49", "65 trở lên", "65 and over", "all", nothing → as the contracts spell it. What does not fit is refused by them. */
function ageGroupOf(text: string | undefined): string {
  if (!text || /^(all|total|tat ca|tất cả|tổng)$/i.test(text)) return 'all';
  const numbers = text.match(/\d+/g) ?? [];
  if (numbers.length === 2) return `${numbers[0]}-${numbers[1]}`;
  if (numbers.length === 1 && /\+|over|older|tr[oở] l[eê]n|>|≥/i.test(text)) return `${numbers[0]}+`;
  return text;
}

/**
 * The age group of a row; all ages where the file has no column of them. Where it has one, a blank cell says nothing: what was merged with the cell above, and no total.
 */
export function ageGroupIn(row: ImportRow): string {
  const said = row.text('ageGroup');
  if (row.has('ageGroup') && row.plain('ageGroup') === '')
    row.problem('ageGroup', {
      vi: 'thiếu nhóm tuổi; hãy ghi “tất cả” nếu là mọi lứa tuổi',
      en: 'no age group; write "all" where all ages are meant',
    });
  return ageGroupOf(said);
}

/** 3.01235E+11, 3,01235E+11, 3.01E-05, 1.5e10: a number that a spreadsheet has rounded, its digits are lost. "12E5" may be a code and is none. */
export const isRounded = (text: string): boolean =>
  /^[+-]?(?:\d+(?:[.,]\d+)?e(?:\+\d+|-\d{2,})|\d[.,]\d+e\d+)$/i.test(text.trim());

/** First day of a period of so many days that ends on a day. */
export function startOf(end: string, days: number | undefined): string | undefined {
  if (days === undefined) return undefined;
  return new Date(Date.parse(`${end}T00:00:00Z`) - (days - 1) * 86_400_000).toISOString().slice(0, 10);
}
