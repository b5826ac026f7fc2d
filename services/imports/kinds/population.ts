import { draft, type Kind } from './kind.ts';
import { areaField, publishedField } from './shared-fields.ts';

const yesOrNo = { true: true, yes: true, co: true, 1: true, false: false, no: false, khong: false, 0: false };

export const population: Kind = {
  name: 'population',
  fields: [
    { ...areaField, required: true },
    {
      name: 'people',
      type: 'number',
      required: true,
      columns: ['people', 'population', 'population latest', 'pop denominator', 'dan so', 'so dan', 'residents', 'pop'],
    },
    { name: 'ageGroup', type: 'text', columns: ['age group', 'nhom tuoi', 'do tuoi', 'age'] },
    {
      name: 'validFrom',
      type: 'day',
      required: true,
      columns: ['valid from', 'as of', 'as of date', 'tu ngay', 'ngay', 'date', 'year'],
    },
    { name: 'estimated', type: 'word', columns: ['estimated', 'uoc tinh'] },
    { name: 'source', type: 'text', columns: ['source', 'nguon'] },
    publishedField,
  ],
  drafts: (row) => {
    const [areaId, people, validFrom] = [row.area('areaId'), row.rounded('people'), row.day('validFrom')];
    if (areaId === undefined || people === undefined || validFrom === undefined) return [];
    const estimated = row.word('estimated', yesOrNo);
    const source = row.text('source', 4000);
    return [
      draft(
        'population-published',
        row.noonOf(validFrom),
        {
          areaId,
          people,
          validFrom,
          ageGroup: ageGroupOf(row.text('ageGroup')),
          ...(estimated === undefined ? {} : { estimated }),
          ...(source ? { source } : {}),
        },
        row.instant('publishedAt'),
      ),
    ];
  },
};

/** "18 - 49", "65 trở lên", "65 and over", "all", blank → as the contracts spell it. What does not fit is refused by them. */
export function ageGroupOf(text: string | undefined): string {
  if (!text || /^(all|total|tat ca|tất cả|tổng)$/i.test(text)) return 'all';
  const numbers = text.match(/\d+/g) ?? [];
  if (numbers.length === 2) return `${numbers[0]}-${numbers[1]}`;
  if (numbers.length === 1 && /\+|over|older|tr[oở] l[eê]n|>|≥/i.test(text)) return `${numbers[0]}+`;
  return text;
}
