import { both } from '../i18n/both.ts';

/** Freshness of the feeds. */
export const feedsWords = both(
  {
    title: 'Thời điểm cập nhật',
    stale: 'Chậm cập nhật',
    never: 'chưa có tin',
    ago: (age: string) => `${age} trước`,
    justNow: 'vừa xong',
    until: (day: string) => `ghi lại đến ${day}`,
  },
  {
    title: 'Freshness of the data',
    stale: 'STALE',
    never: 'nothing yet',
    ago: (age) => `${age} ago`,
    justNow: 'just now',
    until: (day) => `recorded until ${day}`,
  },
);
