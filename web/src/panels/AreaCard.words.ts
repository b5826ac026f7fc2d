import { both } from '../i18n/both.ts';

/** An area's card. */
export const areaCardWords = both(
  {
    back: 'Về danh sách khu vực',
    people: (people: string) => `${people} dân`,
    neighbourhoods: 'Các tổ dân phố',
    partOf: (parent: string) => `thuộc ${parent}`,
  },
  {
    back: 'Back to all areas',
    people: (people) => `${people} people`,
    neighbourhoods: 'Neighbourhood groups',
    partOf: (parent) => `in ${parent}`,
  },
);
