import { both } from '../i18n/both.ts';

/** An area's card. */
export const areaCardWords = both(
  {
    back: 'Về danh sách khu vực',
    people: (people: string) => `${people} dân`,
    neighbourhoods: 'Các tổ dân phố',
    page: 'Trang của khu vực, việc làm tiếp',
    partOf: (parent: string) => `thuộc ${parent}`,
  },
  {
    back: 'Back to all areas',
    people: (people) => `${people} people`,
    neighbourhoods: 'Neighbourhood groups',
    page: 'Page of the area, what to do next',
    partOf: (parent) => `in ${parent}`,
  },
);
