import type { EventData } from '#contracts/catalogue.ts';
import { populationPublished } from '#contracts/events/geography/population-published.ts';
import { ageGroupIn, areaField, publishedField } from '#contracts/import-fields.ts';
import { draft, type ImportKind } from '#contracts/import-kind.ts';

const yesOrNo = { true: true, yes: true, co: true, 1: true, false: false, no: false, khong: false, 0: false };

export const population: ImportKind = {
  name: 'population',
  isTotal: true,
  words: { vi: 'Dân số', en: 'Population' },
  fields: [
    {
      ...areaField,
      required: true,
      columns: [...areaField.columns, 'ma', 'ma khu vuc', 'ma don vi', 'khu vuc', 'dia phuong'],
      vague: ['ma so', 'don vi', 'ten don vi', 'xa', 'ten'],
    },
    {
      name: 'people',
      type: 'whole',
      required: true,
      askWhenSeveral: true,
      columns: [
        'people',
        'population',
        'population latest',
        'pop denominator',
        'dan so',
        'so dan',
        'tong dan so',
        'tong so dan',
        'dan so trung binh',
        'dan so hien tai',
        'nhan khau',
        'so nhan khau',
        'tong nhan khau',
        'residents',
        'pop',
      ],
      vague: ['so nguoi', 'tong so', 'value', 'so luong'],
    },
    { name: 'ageGroup', type: 'text', columns: ['age group', 'nhom tuoi', 'do tuoi', 'age'] },
    {
      name: 'validFrom',
      type: 'day',
      required: true,
      columns: [
        'valid from',
        'as of',
        'as of date',
        'tu ngay',
        'tinh den ngay',
        'den ngay',
        'tai ngay',
        'thoi diem',
        'ngay',
        'date',
        'year',
        'nam',
      ],
    },
    { name: 'estimated', type: 'word', columns: ['estimated', 'uoc tinh'], dispensable: true },
    { name: 'source', type: 'text', columns: ['source', 'nguon'], dispensable: true },
    publishedField,
  ],
  about: ({ data }) => {
    const { areaId, ageGroup, validFrom } = data as EventData<'population-published'>;
    return [areaId, ageGroup, validFrom];
  },
  drafts: (row) => {
    const [areaId, people, validFrom] = [row.area('areaId'), row.rounded('people'), row.day('validFrom')];
    if (areaId === undefined || people === undefined || validFrom === undefined) return [];
    const estimated = row.word('estimated', yesOrNo);
    const source = row.text('source', 4000);
    return [
      draft(
        populationPublished,
        row.noonOf(validFrom),
        {
          areaId,
          people,
          validFrom,
          ageGroup: ageGroupIn(row),
          ...(estimated === undefined ? {} : { estimated }),
          ...(source ? { source } : {}),
        },
        row.instant('publishedAt'),
      ),
    ];
  },
};
