import { caseCountPublished } from '#contracts/events/epidemic/case-count-published.ts';
import { areaField, publishedField, startOf } from '#contracts/import-fields.ts';
import { draft, given, type ImportKind } from '#contracts/import-kind.ts';

const measures = {
  'new cases': 'new-cases',
  'ca moi': 'new-cases',
  'cumulative cases': 'cumulative-cases',
  'tich luy': 'cumulative-cases',
  deaths: 'deaths',
  'tu vong': 'deaths',
  tests: 'tests',
  'xet nghiem': 'tests',
  admissions: 'admissions',
  'nhap vien': 'admissions',
} as const;

/** Counts as a health department publishes them. A row with neither count nor rate is a suppressed one: too small to print, not zero. */
export const caseCounts: ImportKind = {
  name: 'case-counts',
  words: { vi: 'Số ca công bố', en: 'Published case counts' },
  fields: [
    { ...areaField, required: true, columns: [...areaField.columns, 'borough', 'county'] },
    { name: 'measure', type: 'word', columns: ['measure', 'chi so', 'indicator'] },
    {
      name: 'periodStart',
      type: 'day',
      columns: ['period start', 'week start', 'week start date', 'tu ngay', 'start date'],
    },
    {
      name: 'periodEnd',
      type: 'day',
      required: true,
      columns: ['period end', 'week end date', 'week ending', 'week end', 'den ngay', 'end date', 'date', 'ngay'],
    },
    {
      name: 'cases',
      type: 'number',
      columns: [
        'cases',
        'cases est',
        'case count',
        'so ca',
        'so ca mac',
        'ca mac',
        'covid case count',
        'cases cum',
        'count',
        'new cases',
      ],
    },
    {
      name: 'ratePer100k',
      type: 'number',
      columns: ['rate per 100k', 'case rate per 100k', 'case rate', 'covid case rate', 'caserate', 'ty le', 'rate'],
    },
    { name: 'population', type: 'number', columns: ['population', 'pop denominator', 'dan so'] },
    { name: 'definition', type: 'text', columns: ['definition', 'case definition', 'dinh nghia'] },
    publishedField,
    { name: 'note', type: 'text', columns: ['note', 'ghi chu'] },
  ],
  oneOf: [['cases', 'ratePer100k']],
  drafts: (row) => {
    const [areaId, periodEnd] = [row.area('areaId'), row.day('periodEnd')];
    const [printed, ratePer100k, population] = [
      row.number('cases'),
      row.number('ratePer100k'),
      row.rounded('population'),
    ];
    const start = row.has('periodStart') ? row.day('periodStart') : periodEnd && startOf(periodEnd, row.periodDays);
    const measure = row.word('measure', measures) ?? 'new-cases';
    const optional = { population, definition: row.text('definition', 80), note: row.text('note', 4000) };
    if (areaId === undefined || periodEnd === undefined) return [];
    if (start === undefined) {
      row.problem('periodStart', 'how long the period is, is not known; say --period week, day or a number of days');
      return [];
    }
    const reckoned =
      ratePer100k !== undefined && population !== undefined ? Math.round((ratePer100k * population) / 100_000) : null;
    const cases = printed ?? reckoned;
    const blank = printed === undefined && ratePer100k === undefined;
    return [
      draft(
        caseCountPublished,
        row.noonOf(periodEnd),
        {
          areaId,
          measure,
          periodStart: start,
          periodEnd,
          cases,
          ...(row.has('ratePer100k') ? { ratePer100k: ratePer100k ?? null } : {}),
          ...(blank ? { suppressed: true } : {}),
          ...given(optional),
        },
        row.instant('publishedAt'),
      ),
    ];
  },
};
