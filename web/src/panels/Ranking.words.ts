import { both } from '../i18n/both.ts';

/** The list of areas, ordered by the number that colours the map. */
export const rankingWords = both(
  {
    title: 'Khu vực cần chú ý',
    by: {
      cases: 'theo số ca mới 7 ngày / 100.000 dân',
      score: 'theo điểm nguy cơ hai tuần tới',
      rise: 'theo xác suất lên mức sau hai tuần',
      high: 'theo xác suất ở mức cao trong một hoặc hai tuần tới',
      level: 'theo cấp độ dịch tính từ số liệu',
    },
    empty: 'Chưa có khu vực nào có số liệu',
    cases: (cases: string) => `${cases} ca / 7 ngày`,
    noOutline: 'chưa có ranh giới: không thấy trên bản đồ',
    notOnMap: (names: string) => `Chưa có ranh giới nên không thấy trên bản đồ: ${names}.`,
  },
  {
    title: 'Areas to watch',
    by: {
      cases: 'by new cases in 7 days per 100,000 people',
      score: 'by risk score for the next two weeks',
      rise: 'by probability of a higher level in two weeks',
      high: 'by probability of a high level within one or two weeks',
      level: 'by epidemic level as computed',
    },
    empty: 'No area has figures yet',
    cases: (cases) => `${cases} cases / 7 days`,
    noOutline: 'its borders are not known: it is not on the map',
    notOnMap: (names) => `Not on the map, as their borders are not known: ${names}.`,
  },
);
