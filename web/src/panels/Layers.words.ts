import { both } from '../i18n/both.ts';

/** The switches of the layers of points. */
export const layersWords = both(
  {
    title: 'Lớp bản đồ',
    window: 'Ca bệnh trong',
    lastDays: (days: string) => `${days} ngày qua`,
    count: (shown: string) => `${shown} điểm`,
  },
  {
    title: 'Map layers',
    window: 'Cases of the',
    lastDays: (days) => `last ${days} days`,
    count: (shown) => `${shown} points`,
  },
);
