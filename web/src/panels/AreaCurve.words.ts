import { both } from '../i18n/both.ts';

/** The curve of an area. */
export const areaCurveWords = both(
  {
    title: 'Ca theo ngày',
    byEvent: 'Ngày có kết quả',
    byOnset: 'Ngày khởi phát',
  },
  {
    title: 'Cases by day',
    byEvent: 'Day confirmed',
    byOnset: 'Day of onset',
  },
);
