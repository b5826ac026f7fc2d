import type { EventData } from '#contracts/catalogue.ts';
import { doseAdministered } from '#contracts/events/epidemic/dose-administered.ts';
import { vaccinationCountPublished } from '#contracts/events/epidemic/vaccination-count-published.ts';
import { ageGroupIn, areaField, publishedField } from '#contracts/import-fields.ts';
import { draft, given, type ImportKind, type ImportRow } from '#contracts/import-kind.ts';

/** Published doses are running totals, whatever is written beside them. */
const runningTotals = (dose: string) =>
  ['luy ke', 'tich luy', 'cong don'].flatMap((said) => [`${dose} ${said}`, `${said} ${dose}`]);

/** Two shapes: cumulative people by area and day; or single doses, when the file has a column of persons. */
export const vaccination: ImportKind = {
  name: 'vaccination',
  isTotal: true,
  words: { vi: 'Tiêm chủng', en: 'Vaccination' },
  fields: [
    {
      ...areaField,
      required: true,
      columns: [...areaField.columns, 'ma khu vuc', 'ma don vi', 'khu vuc', 'dia phuong'],
      vague: ['ma', 'ma so', 'don vi', 'ten don vi', 'xa'],
    },
    {
      name: 'personKey',
      type: 'identifier',
      columns: ['person key', 'person id', 'ma nguoi', 'ma dinh danh', 'patient id'],
    },
    { name: 'doseId', type: 'identifier', columns: ['dose id', 'ma mui', 'ma mui tiem'] },
    { name: 'doseNumber', type: 'whole', columns: ['dose number', 'dose', 'mui', 'mui so', 'mui thu'] },
    { name: 'courseDoses', type: 'whole', columns: ['course doses', 'doses in course', 'so mui co ban'] },
    { name: 'ageYears', type: 'whole', most: 125, columns: ['age years', 'age', 'tuoi'] },
    { name: 'product', type: 'text', columns: ['product', 'vaccine', 'vac xin', 'loai vac xin'], dispensable: true },
    {
      name: 'date',
      type: 'day',
      required: true,
      columns: [
        'as of date',
        'administered date',
        'ngay tiem',
        'tinh den ngay',
        'den ngay',
        'ngay so lieu',
        'ngay thong ke',
        'date',
        'ngay',
        'as of',
      ],
    },
    { name: 'ageGroup', type: 'text', columns: ['age group', 'nhom tuoi', 'do tuoi'] },
    { name: 'population', type: 'whole', columns: ['population', 'dan so', 'pop denominator'] },
    {
      name: 'oneDose',
      type: 'whole',
      suppressible: true,
      columns: [
        'people at least one dose',
        'people 1plus cum',
        'one dose',
        'first dose',
        'mui 1',
        'tiem mui 1',
        'da tiem mui 1',
        'so nguoi tiem mui 1',
        'so nguoi da tiem mui 1',
        'so mui 1',
        ...runningTotals('mui 1'),
        'so nguoi tiem it nhat 1 mui',
        'it nhat 1 mui',
        'count partially cumulative',
        'count 1plus cumulative',
      ],
    },
    {
      name: 'fullCourse',
      type: 'whole',
      suppressible: true,
      columns: [
        'people full course',
        'people fully cum',
        'full course',
        'second dose',
        'mui 2',
        'tiem mui 2',
        'da tiem mui 2',
        'so nguoi tiem mui 2',
        'so nguoi da tiem mui 2',
        'so mui 2',
        ...runningTotals('mui 2'),
        'tiem du mui',
        'tiem du lieu',
        'du lieu',
        'so nguoi tiem du mui',
        'so nguoi tiem du lieu',
        'du mui',
        'count fully cumulative',
      ],
    },
    {
      name: 'additionalDose',
      type: 'whole',
      suppressible: true,
      columns: [
        'people additional dose',
        'people additional cum',
        'additional dose',
        'booster',
        'mui 3',
        'tiem mui 3',
        'da tiem mui 3',
        'so nguoi tiem mui 3',
        'so mui 3',
        ...runningTotals('mui 3'),
        'tiem nhac lai',
        'mui bo sung',
        'mui nhac lai',
        'count additional cumulative',
      ],
    },
    publishedField,
  ],
  oneOf: [['oneDose', 'fullCourse', 'personKey']],
  about: ({ type, data }) => {
    if (type === doseAdministered.type) return [(data as EventData<'dose-administered'>).doseId];
    const { areaId, asOfDate, ageGroup } = data as EventData<'vaccination-count-published'>;
    return [areaId, asOfDate, ageGroup];
  },
  drafts: (row) => {
    const [areaId, date] = [row.area('areaId'), row.day('date')];
    const known = row.instant('publishedAt');
    if (areaId === undefined || date === undefined) return [];
    if (!row.has('personKey')) {
      const counts = {
        areaId,
        asOfDate: date,
        ageGroup: ageGroupIn(row),
        peopleAtLeastOneDose: row.whole('oneDose') ?? null,
        peopleFullCourse: row.whole('fullCourse') ?? null,
        ...(row.has('additionalDose') ? { peopleAdditionalDose: row.whole('additionalDose') ?? null } : {}),
        ...given({ population: row.rounded('population'), note: masks(row) }),
      };
      return [draft(vaccinationCountPublished, row.noonOf(date), counts, known)];
    }
    const [personKey, doseNumber, ageYears] = [
      row.identifier('personKey'),
      row.whole('doseNumber'),
      row.whole('ageYears'),
    ];
    if (personKey === undefined) row.problem('personKey', { vi: 'thiếu', en: 'missing' });
    if (doseNumber === undefined) row.problem('doseNumber', { vi: 'thiếu', en: 'missing' });
    if (ageYears === undefined) row.problem('ageYears', { vi: 'thiếu', en: 'missing' });
    if (personKey === undefined || doseNumber === undefined || ageYears === undefined) return [];
    const doseId = row.identifier('doseId') ?? `${personKey}-${doseNumber}`;
    const optional = given({ product: row.text('product') });
    const dose = {
      doseId,
      personKey,
      areaId,
      doseNumber,
      courseDoses: row.whole('courseDoses') ?? 2,
      ageYears,
      administeredDate: date,
    };
    return [draft(doseAdministered, row.noonOf(date), { ...dose, ...optional }, known)];
  },
};

/** What the source prints in place of counts that it holds back; undefined when it holds none back. */
function masks(row: ImportRow): string | undefined {
  const held = ['oneDose', 'fullCourse', 'additionalDose'].flatMap((field) => row.suppressed(field) ?? []);
  return held.length ? `nguồn ghi / the source prints: ${held.join(', ')}` : undefined;
}
