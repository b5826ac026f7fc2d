import { both } from '../i18n/both.ts';

/** The latest news. */
export const tickerWords = both(
  {
    title: 'Tin mới',
    empty: 'Chờ tin mới…',
    standsFor: (count: string) => `gộp ${count} tin`,
    at: (area: string) => `tại ${area}`,
  },
  {
    title: 'Latest',
    empty: 'Waiting for news…',
    standsFor: (count) => `stands for ${count}`,
    at: (area) => `in ${area}`,
  },
);
