import type { EventData } from '#contracts/catalogue.ts';
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

/**
 * Counts as a health department publishes them. A row with neither count nor rate, or with a mask in place of the count ("<5"), is a suppressed one: too
 * small to print, not zero. The mask is kept in the note.
 */
export const caseCounts: ImportKind = {
  name: 'case-counts',
  isTotal: true,
  countsOfPeriods: {
    count: 'cases',
    place: 'areaId',
    start: 'periodStart',
    day: 'periodEnd',
    measure: 'measure',
    ofThePeriod: 'new-cases',
    running: 'cumulative-cases',
  },
  words: { vi: 'Số ca công bố', en: 'Published case counts' },
  fields: [
    {
      ...areaField,
      required: true,
      columns: [...areaField.columns, 'borough', 'county', 'ma', 'ma khu vuc', 'ma don vi', 'khu vuc', 'dia phuong'],
      vague: ['ma so', 'don vi', 'ten don vi', 'ten', 'xa', 'noi ghi nhan'],
    },
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
      columns: [
        'period end',
        'week end date',
        'week ending',
        'week end',
        'den ngay',
        'tinh den ngay',
        'ngay so lieu',
        'ngay thong ke',
        'ngay ghi nhan',
        'end date',
        'date',
        'ngay',
      ],
    },
    {
      name: 'cases',
      type: 'whole',
      suppressible: true,
      askWhenSeveral: true,
      columns: [
        'cases',
        'cases est',
        'case count',
        'so ca',
        'so ca mac',
        'ca mac',
        'so ca moi',
        'ca moi',
        'so ca mac moi',
        'ca mac moi',
        'so mac',
        'so mac moi',
        'mac moi',
        'so ca benh',
        'so ca benh moi',
        'ca benh moi',
        'so ca nhiem',
        'so ca nhiem moi',
        'ca nhiem',
        'ca nhiem moi',
        'so ca duong tinh',
        'so duong tinh',
        'ca duong tinh',
        'so ca f0',
        'so f0',
        'f0',
        'f0 moi',
        'so f0 moi',
        'ca f0',
        'so ca ghi nhan',
        'ca ghi nhan',
        'so ca trong ngay',
        'ca trong ngay',
        'so ca mac trong ngay',
        'so ca mac moi trong ngay',
        'so ca moi trong ngay',
        'so ca trong tuan',
        'so ca xac dinh',
        'confirmed cases',
        'new confirmed cases',
        'confirmed',
        'covid case count',
        'cases cum',
        'count',
        'new cases',
      ],
      vague: ['value', 'so luong', 'gia tri'],
    },
    {
      name: 'ratePer100k',
      type: 'number',
      suppressible: true,
      columns: ['rate per 100k', 'case rate per 100k', 'case rate', 'covid case rate', 'caserate', 'ty le', 'rate'],
    },
    { name: 'population', type: 'whole', columns: ['population', 'pop denominator', 'dan so'] },
    { name: 'definition', type: 'text', columns: ['definition', 'case definition', 'dinh nghia'], dispensable: true },
    publishedField,
    { name: 'note', type: 'text', columns: ['note', 'ghi chu'], dispensable: true },
  ],
  oneOf: [['cases', 'ratePer100k']],
  about: ({ data }) => {
    const { areaId, measure, periodStart, periodEnd } = data as EventData<'case-count-published'>;
    return [areaId, measure, periodStart, periodEnd];
  },
  drafts: (row) => {
    const [areaId, periodEnd] = [row.area('areaId'), row.day('periodEnd')];
    const [printed, ratePer100k, population] = [
      row.whole('cases'),
      row.number('ratePer100k'),
      row.rounded('population'),
    ];
    const start = row.has('periodStart') ? row.day('periodStart') : periodEnd && startOf(periodEnd, row.periodDays);
    const measure = row.word('measure', measures) ?? 'new-cases';
    const mask = row.suppressed('cases');
    const note = [row.text('note', 3900), mask && `nguồn ghi / the source prints: ${mask}`].filter(Boolean).join(' · ');
    const optional = { population, definition: row.text('definition', 80), note: note || undefined };
    if (areaId === undefined || periodEnd === undefined) return [];
    if (start === undefined) {
      row.problem('periodStart', {
        vi: 'không rõ kỳ dài bao lâu; hãy chỉ --period week, day hoặc số ngày',
        en: 'how long the period is, is not known; say --period week, day or a number of days',
      });
      return [];
    }
    const reckoned =
      ratePer100k !== undefined && population !== undefined ? Math.round((ratePer100k * population) / 100_000) : null;
    const cases = printed ?? (mask ? null : reckoned);
    const heldBack = mask !== undefined || (printed === undefined && ratePer100k === undefined);
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
          ...(heldBack ? { suppressed: true } : {}),
          ...given(optional),
        },
        row.instant('publishedAt'),
      ),
    ];
  },
};
