import { both } from '../i18n/both.ts';

/** A curve on which a span of days is chosen. */
export const brushWords = both(
  {
    label: (from: string, to: string) => `Ca mỗi ngày; đang chọn từ ${from} đến ${to}`,
    most: (count: string) => `cao nhất ${count} ca/ngày`,
    hatched: 'gạch chéo: báo cáo còn về',
    incomplete: 'báo cáo còn về',
    from: 'Từ',
    to: 'Đến',
  },
  {
    label: (from, to) => `Cases a day; ${from} to ${to} are chosen`,
    most: (count) => `at most ${count} cases a day`,
    hatched: 'hatched: reports are still to come',
    incomplete: 'reports are still to come',
    from: 'From',
    to: 'To',
  },
);
